using Microsoft.Extensions.Options;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Options;

/// <summary>
/// Fills the options from their sources and validates them: one line for each problem, with the option's name as the user wrote it.
/// </summary>
internal sealed class ControllerOptionsSetup(
    OptionSources sources) : IConfigureOptions<ControllerOptions>, IValidateOptions<ControllerOptions>
{
    /// <summary>What cannot be read keeps its default here; <see cref="Validate"/> reports it.</summary>
    public void Configure(ControllerOptions options)
    {
        foreach (var written in sources.Written)
            Assign(options, written);
    }

    public ValidateOptionsResult Validate(string? name, ControllerOptions options)
    {
        var unread = new ControllerOptions();
        string[] problems =
        [
            .. sources.UnknownSettings().Select(
                key => $"appsettings.json: {OptionParsers.Quote(key)} is not a known option; see 'prenv --help'"),
            .. sources.Written.Select(written => Assign(unread, written)).OfType<string>(),
        ];
        if (problems.Length == 0)
            problems = [.. Contradictions(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? Assign(ControllerOptions options, WrittenOption written)
    {
        try
        {
            written.Option.Assign(options, written.Text);
            return null;
        }
        catch (FormatException problem)
        {
            return $"{written.Origin}: {problem.Message} (default: {written.Option.Default})";
        }
    }

    private IEnumerable<string> Contradictions(ControllerOptions options)
    {
        if (!options.AllowsGitHub(options.GitHubApiUrl))
        {
            yield return $"{sources.OriginOf("allowed-github-hosts")}: {HostAndPort.Of(options.GitHubApiUrl)} is not in the list, "
                + $"but is the host of {sources.OriginOf("github-api-url")}; add it, or use another URL";
        }

        (string Name, BindAddress Address)[] addresses =
        [
            ("metrics-bind-address", options.MetricsBindAddress),
            ("health-probe-bind-address", options.HealthProbeBindAddress),
            ("webhook-bind-address", options.WebhookBindAddress),
            ("ui-bind-address", options.UiBindAddress),
        ];
        foreach (var (one, other) in addresses.SelectMany((one, i) => addresses.Skip(i + 1).Select(other => (one, other))))
        {
            if (!one.Address.Collides(other.Address))
                continue;
            yield return $"{sources.OriginOf(one.Name)}: {one.Address} is already used by {sources.OriginOf(other.Name)}; "
                + "change one of the ports, or set 0 to disable the endpoint";
        }

        foreach (var (option, problem) in LeaseTimings.Problems(options))
            yield return $"{sources.OriginOf(option)}: {problem}";
    }
}

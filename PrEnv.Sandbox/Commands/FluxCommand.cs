using System.CommandLine;
using k8s;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Sandbox.Commands;

/// <summary><c>prenv-sandbox flux</c>: the double of helm-controller, and the environments that it installs, until Ctrl+C.</summary>
internal static class FluxCommand
{
    public static Command Create()
    {
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "Which cluster; KUBECONFIG or the home file by default." };
        var port = new Option<int>("--environment-port")
        {
            Description = "TCP port on 127.0.0.1 where the environments answer, at /pr/N; 0 takes any free one.",
            DefaultValueFactory = _ => 4030,
        };
        var install = new Option<double>("--install-seconds")
        {
            Description = "How long an install or an upgrade takes.",
            DefaultValueFactory = _ => new HelmControllerOptions().InstallDuration.TotalSeconds,
        };
        var command = new Command("flux", "A helm-controller that pretends to install. The cluster needs Flux's CRDs, and no Flux.")
        {
            kubeconfig, port, install,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var configuration = await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(
                arguments.GetValue(kubeconfig) is { } path ? new FileInfo(path) : null);
            var options = new HelmControllerOptions { InstallDuration = TimeSpan.FromSeconds(arguments.GetValue(install)) };
            await using var flux = HelmControllerDouble.Start(configuration, options);
            await using var environments = await EnvironmentServer.StartAsync(
                flux.Environments, arguments.GetValue(port), cancellationToken: cancellationToken);
            var output = arguments.InvocationConfiguration.Output;
            await output.WriteLineAsync($"helm-controller: {configuration.Host}");
            await output.WriteLineAsync($"Environments: {environments.BaseUrl}pr/N");
            await Forever.UntilAsync(cancellationToken);
        });
        return command;
    }
}

using Microsoft.Extensions.Options;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.Options;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Composition;

internal static class SettingsServiceCollectionExtensions
{
    /// <summary>Adds what the options say of specs and of GitHub.</summary>
    public static IServiceCollection AddPrEnvSettings(this IServiceCollection services)
    {
        services.AddSingleton(provider => SettingsOf(Options(provider)));
        services.AddSingleton(provider => GitHubOf(Options(provider)));
        return services;
    }

    private static ControllerSettings SettingsOf(ControllerOptions options) => new()
    {
        DefaultApiUrl = options.GitHubApiUrl,
        AllowedGitHubHosts = [.. options.AllowedGitHubHosts],
        WatchedNamespaces = [.. options.WatchNamespaces],
        NoCrossNamespaceRefs = options.NoCrossNamespaceRefs,
        DefaultServiceAccount = options.DefaultServiceAccount,
    };

    // A rate above that of github.com is meant for an Enterprise Server, to which the hourly guideline does not apply.
    private static GitHubClientOptions GitHubOf(ControllerOptions options)
    {
        var defaults = new GitHubClientOptions();
        return defaults with
        {
            WritesPerMinute = options.GitHubWritesPerMinute,
            WritesPerHour = options.GitHubWritesPerMinute > defaults.WritesPerMinute ? null : defaults.WritesPerHour,
        };
    }

    private static ControllerOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ControllerOptions>>().Value;
}

using Microsoft.Extensions.DependencyInjection.Extensions;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Budgets;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Checks;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Leadership;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.LeaderElection;

namespace PrEnv.Controller.Composition;

internal static class GitHubServiceCollectionExtensions
{
    /// <summary>
    /// Adds the ports to GitHub, such as <see cref="IPullRequestSource"/> and <see cref="ICommitStatusReporter"/>. Register a
    /// <see cref="GitHubClientOptions"/> or a <see cref="TimeProvider"/> before it to replace the defaults.
    /// </summary>
    public static IServiceCollection AddPrEnvGitHub(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new GitHubClientOptions());
        services.TryAddSingleton(provider =>
            new PageCache(provider.GetRequiredService<GitHubClientOptions>().Validated().CacheSizeBytes));
        services.TryAddSingleton<IWriteFence, AlwaysLeading>();
        services.TryAddSingleton<MetricsRegistry>();
        services.TryAddSingleton<GitHubMetrics>();
        services.TryAddSingleton<GitHubConnectionFactory>();
        services.TryAddSingleton<GitHubChannelPool>();
        services.TryAddSingleton<PageSizes>();
        services.TryAddSingleton<IPullRequestSource, PullRequestSource>();
        services.TryAddSingleton<ICommitStatusReporter, CommitStatusReporter>();
        services.TryAddSingleton<GitHubWriter>();
        services.TryAddSingleton<IReviewSource, ReviewSource>();
        services.TryAddSingleton<IFilesSource, FilesSource>();
        services.TryAddSingleton<ICheckSource, CheckSource>();
        services.TryAddSingleton<ICommentWriter, CommentWriter>();
        services.TryAddSingleton<ICommandSource, CommandSource>();
        services.TryAddSingleton<IDeploymentWriter, DeploymentWriter>();
        return services;
    }
}

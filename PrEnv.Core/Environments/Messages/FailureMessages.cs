using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>Messages about failed writes to the cluster and to GitHub.</summary>
internal static class FailureMessages
{
    public static string Of(ActionResult result) => result.Failure is { Reason: Reasons.FieldOverridden } overridden
        ? overridden.Message
        : $"Unable to {result.Action.Verb} {result.Action.Target}: {Cause(result)}";

    /// <summary>The same for many pull requests with one cause.</summary>
    public static string OfMany(ActionResult first, int count) => first.Action.IsOnNamespace
        ? $"Unable to {first.Action.Verb} the namespaces of {count} pull requests: {Cause(first)}"
        : $"Unable to {first.Action.Verb} the HelmReleases of {count} pull requests in {first.Action.Release.Namespace}: {Cause(first)}";

    public static string Unreported(ReportFailure failure) => (failure.What switch
    {
        ReportKind.Deployment => "The deployment could not be reported: ",
        ReportKind.Comment => "The comment could not be written: ",
        ReportKind.Cleanup => "The deployments could not be deleted: ",
        ReportKind.Reaction => "The commands could not be accepted: ",
        _ => "The commit status could not be posted: ",
    }) + Text.Excerpt(failure.Message);

    /// <summary>A message about a pull request and about the others that it stands for.</summary>
    public static string About(int prNumber, int count, string message) =>
        $"PR {prNumber}{(count > 1 ? $" and {count - 1} more" : "")}: {message}";

    public static string Cause(ActionResult result) => result.Failure switch
    {
        { } failure when result.Action.IsOnNamespace => NamespaceMessages.Cause(failure),
        { IsNotFound: true, Kind: "namespaces" } => $"namespace {result.Action.Release.Namespace} does not exist; create it.",
        { IsNamespaceTerminating: true } =>
            $"namespace {result.Action.Release.Namespace} is being deleted; create it again once it is gone.",
        { IsUnreachable: true } => "the API server could not be reached.",
        { Code: 403 } failure => $"the API server denied the request: {Text.Excerpt(failure.Message)}",
        { } failure => Text.Excerpt(failure.Message),
        null => "",
    };
}

namespace PrEnv.Controller.GitHub.Faults;

/// <summary>
/// The one place where GitHub's own words decide anything: where it gives the same status code to different things, and neither a header
/// nor <c>errors[].code</c> tells them apart ("custom" is the code of the last two). The sentences are not documented; all were seen in the
/// wild. A documentation page is asked for first, where GitHub names one of its own for the case.
/// </summary>
internal static class GitHubWording
{
    /// <summary>Is a 403 without a header of a limit one all the same? "Abuse" is the secondary limit's old name.</summary>
    public static bool IsRateLimit(ErrorAnswer answer) =>
        Contains(answer.DocumentationUrl, "rate-limit") || Contains(answer.Text, "rate limit") || Contains(answer.Text, "abuse detection");

    /// <summary>What a 403 is.</summary>
    public static GitHubFaultKind KindOfForbidden(ErrorAnswer answer) =>
        Contains(answer.DocumentationUrl, "locking-conversations") || Contains(answer.Text, "because issue is locked")
            ? GitHubFaultKind.ConversationLocked
            : GitHubFaultKind.AccessDenied;

    /// <summary>What a 422 is.</summary>
    public static GitHubFaultKind KindOfUnprocessable(ErrorAnswer answer)
    {
        if (Contains(answer.Text, "maximum number of statuses")) return GitHubFaultKind.TooManyStatuses;
        if (Contains(answer.Text, "permissions requested are not granted")) return GitHubFaultKind.PermissionsNotGranted;
        return Contains(answer.Text, "No commit found") ? GitHubFaultKind.UnknownCommit : GitHubFaultKind.Invalid;
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}

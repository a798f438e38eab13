namespace PrEnv.Controller.GitHub.Faults;

/// <summary>
/// The only place where a decision depends on GitHub's wording: where it uses the same status code for different things, and neither a
/// header nor
/// <c>errors[].code</c> distinguishes them ("custom" is the code of the last two). The sentences are not documented; all were observed in
/// practice.
/// The documentation page is checked first, if GitHub refers to a specific one for the case.
/// </summary>
internal static class GitHubWording
{
    /// <summary>Is a 403 without the header of a limit a rate limit nevertheless? "Abuse" is the old name of the secondary limit.</summary>
    public static bool IsRateLimit(ErrorAnswer answer) =>
        Contains(answer.DocumentationUrl, "rate-limit") || Contains(answer.Text, "rate limit") || Contains(answer.Text, "abuse detection");

    /// <summary>What a 403 is.</summary>
    public static GitHubFaultKind KindOfForbidden(ErrorAnswer answer) =>
        Contains(answer.DocumentationUrl, "locking-conversations") || Contains(answer.Text, "because issue is locked")
            ? GitHubFaultKind.ConversationLocked
            : Contains(answer.Text, "archived so is read-only") ? GitHubFaultKind.Archived : GitHubFaultKind.AccessDenied;

    /// <summary>What a 422 is.</summary>
    public static GitHubFaultKind KindOfUnprocessable(ErrorAnswer answer)
    {
        if (Contains(answer.Text, "maximum number of statuses"))
            return GitHubFaultKind.TooManyStatuses;
        if (Contains(answer.Text, "permissions requested are not granted"))
            return GitHubFaultKind.PermissionsNotGranted;
        return Contains(answer.Text, "No commit found") ? GitHubFaultKind.UnknownCommit : GitHubFaultKind.Invalid;
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}

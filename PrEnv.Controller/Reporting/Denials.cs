using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.Memory;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reporting;

/// <summary>What a credential may not do is not tried for every pull request at every look, but now and then, and with a new one at once.</summary>
internal static class Denials
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Why there is no use in trying; null when there is.</summary>
    public static string? Find(ResourceMemory memory, ReportKind what, RepositoryAccess access, DateTimeOffset now) =>
        memory.Denied.TryGetValue(what, out var denial) && denial.CredentialId == access.Credential.Id && now < denial.Until ? denial.Message : null;

    /// <summary>Notes that it may not.</summary>
    public static void Add(ResourceMemory memory, ReportKind what, RepositoryAccess access, string message, DateTimeOffset now) =>
        memory.Denied[what] = new Denial(access.Credential.Id, message, now + Patience);
}

using PrEnv.Core.Resources;

namespace PrEnv.Core.Plans;

/// <summary>An event on the resource.</summary>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Action">What the controller was doing: CamelCase, for machines.</param>
/// <param name="Note">A sentence; the same for the same cause.</param>
/// <param name="Subject">What the event is about: a pull request's number, or null for the resource as a whole. One event per subject and
/// cause.</param>
public sealed record PlannedEvent(string Type, string Reason, string Action, string Note, int? Subject = null)
{
    /// <summary>A <c>Normal</c> event.</summary>
    public static PlannedEvent Normal(string reason, string action, string note, int? subject = null) =>
        new("Normal", reason, action, note, subject);

    /// <summary>A <c>Warning</c> event.</summary>
    public static PlannedEvent Warning(string reason, string action, string note, int? subject = null) =>
        new("Warning", reason, action, note, subject);
}

using System.Globalization;
using System.Text.Json;
using PrEnv.Core.Resources;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>A request that changed something, or was to.</summary>
/// <param name="User">Who sent it.</param>
/// <param name="What">What it was to change, for people.</param>
/// <param name="Code">The answer.</param>
/// <param name="Holder">Whom the Lease names that it wrote, empty for nobody; null when it is no Lease.</param>
/// <param name="Begin">When it arrived.</param>
/// <param name="End">When it was answered.</param>
internal sealed record AuditedWrite(string User, string What, int Code, string? Holder, DateTimeOffset Begin, DateTimeOffset End)
{
    /// <summary>May those who wait write it too? It asks the leader for a reconcile.</summary>
    public bool IsAnyones { get; init; }

    public static AuditedWrite Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var entry = document.RootElement;
        var target = entry.GetProperty("objectRef");
        var resource = Text(target, "resource");
        var place = string.Join('/', ((string[])[Text(target, "namespace"), Text(target, "name")]).Where(part => part.Length > 0));
        return new AuditedWrite(
            entry.GetProperty("user").GetProperty("username").GetString()!,
            $"{entry.GetProperty("verb").GetString()} {resource}/{place}",
            entry.GetProperty("responseStatus").GetProperty("code").GetInt32(),
            resource == "leases" ? HolderOf(entry) : null,
            Time(entry, "requestReceivedTimestamp"),
            Time(entry, "stageTimestamp"))
        {
            IsAnyones = resource == PREphemeralEnvController.Plural && AsksForReconcile(entry),
        };
    }

    private static string HolderOf(JsonElement entry) =>
        !entry.TryGetProperty("requestObject", out var lease) ? ""
        : lease.GetProperty("spec").TryGetProperty("holderIdentity", out var holder) ? holder.GetString() ?? ""
        : "";

    // The body of a request that was refused before it was read is not known: it may have asked for one.
    private static bool AsksForReconcile(JsonElement entry) =>
        !entry.TryGetProperty("requestObject", out var body)
        || (body.ValueKind == JsonValueKind.Object
            && body.EnumerateObject().Count() == 1 && body.TryGetProperty("metadata", out var metadata)
            && metadata.TryGetProperty("annotations", out var annotations)
            && annotations.EnumerateObject().All(a => a.Name == PREphemeralEnvController.ReconcileRequestAnnotation));

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static DateTimeOffset Time(JsonElement entry, string name) =>
        DateTimeOffset.Parse(entry.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}

using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>Reads conditions in one pass.</summary>
internal static class ConditionReader
{
    /// <summary>Null for null.</summary>
    public static IReadOnlyList<Condition>? Read(ref JsonCursor cursor)
    {
        if (!cursor.EnterArray())
            return null;
        var conditions = new List<Condition>();
        while (cursor.NextItem())
            conditions.Add(Item(ref cursor));
        return conditions.ToArray();
    }

    private static Condition Item(ref JsonCursor cursor)
    {
        string? type = null, status = null, reason = null, message = null;
        var generation = 0L;
        var since = default(DateTimeOffset);
        while (cursor.Next())
        {
            if (cursor.Is("type"u8))
                type = cursor.Text();
            else if (cursor.Is("status"u8))
                status = cursor.Text();
            else if (cursor.Is("reason"u8))
                reason = cursor.Text();
            else if (cursor.Is("message"u8))
                message = cursor.Text();
            else if (cursor.Is("observedGeneration"u8))
                generation = cursor.Number();
            else if (cursor.Is("lastTransitionTime"u8))
                since = cursor.Time();
            else
                cursor.Skip();
        }

        // Without these two it is invalid: the serialiser rejects it, and says where.
        if (type is null || status is null)
            throw new System.Text.Json.JsonException("A condition lacks its type or status.");
        return new Condition
        {
            Type = type,
            Status = status,
            Reason = reason!,
            Message = message!,
            ObservedGeneration = generation,
            LastTransitionTime = since,
        };
    }
}

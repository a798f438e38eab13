using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>Reads <c>metadata</c> in one pass, and of its labels and annotations those that are kept.</summary>
internal static class MetadataReader
{
    /// <summary>Null for null.</summary>
    public static ObjectMeta? Read(ref JsonCursor cursor)
    {
        if (!cursor.Enter())
            return null;
        string? name = null, @namespace = null, uid = null, version = null;
        var generation = 0L;
        var created = default(DateTimeOffset);
        DateTimeOffset? deleted = null;
        IReadOnlyDictionary<string, string>? labels = null, annotations = null;
        string[]? finalizers = null;
        while (cursor.Next())
        {
            if (cursor.Is("name"u8))
                name = cursor.Text();
            else if (cursor.Is("namespace"u8))
                @namespace = cursor.Text();
            else if (cursor.Is("uid"u8))
                uid = cursor.Text();
            else if (cursor.Is("resourceVersion"u8))
                version = cursor.Text();
            else if (cursor.Is("generation"u8))
                generation = cursor.Number();
            else if (cursor.Is("creationTimestamp"u8))
                created = cursor.Time();
            else if (cursor.Is("deletionTimestamp"u8))
                deleted = cursor.Time();
            else if (cursor.Is("labels"u8))
                labels = cursor.KeptNames();
            else if (cursor.Is("annotations"u8))
                annotations = cursor.KeptNames();
            else if (cursor.Is("finalizers"u8))
                finalizers = cursor.Texts();
            else
                cursor.Skip();
        }

        return new ObjectMeta
        {
            Name = name!,
            Namespace = @namespace!,
            Uid = uid!,
            ResourceVersion = version!,
            Generation = generation,
            CreationTimestamp = created,
            DeletionTimestamp = deleted,
            Labels = labels,
            Annotations = annotations,
            Finalizers = finalizers,
        };
    }
}

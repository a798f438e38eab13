using System.Text.Json;

namespace PrEnv.Core.Resources;

/// <summary>
/// How deep the objects of a cluster may be nested. An API server takes far more than the serialiser's 64 levels, and one object that is
/// too deep must not make all others unreadable.
/// </summary>
public static class JsonDepth
{
    /// <summary>The deepest that is read.</summary>
    public const int Max = 10_000;

    /// <summary>For readers.</summary>
    public static JsonReaderOptions Reading { get; } = new() { MaxDepth = Max };

    /// <summary>For documents.</summary>
    public static JsonDocumentOptions Document { get; } = new() { MaxDepth = Max };
}

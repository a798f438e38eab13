using PrEnv.Core.Informers;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Informers;

/// <summary>The smallest thing that can be listed and watched.</summary>
internal sealed record TestObject : IClusterObject
{
    public required ObjectMeta Metadata { get; init; }

    public string Payload { get; init; } = "";

    public static TestObject Of(string name, string resourceVersion, string? uid = null, string payload = "") => new()
    {
        Metadata = new ObjectMeta { Namespace = "ns", Name = name, Uid = uid ?? $"uid-{name}", ResourceVersion = resourceVersion },
        Payload = payload,
    };

    public static ResourceKey KeyOf(string name) => new("ns", name);

    public static ListPage<TestObject> Page(string resourceVersion, params TestObject[] items) => new([.. items], resourceVersion, null);

    public static WatchEvent<TestObject> Added(TestObject item) => new(WatchEventType.Added, item, item.Metadata.ResourceVersion);

    public static WatchEvent<TestObject> Modified(TestObject item) => new(WatchEventType.Modified, item, item.Metadata.ResourceVersion);

    public static WatchEvent<TestObject> Deleted(TestObject item) => new(WatchEventType.Deleted, item, item.Metadata.ResourceVersion);

    public static WatchEvent<TestObject> Bookmark(string resourceVersion, bool initialEventsEnd = false) =>
        new(WatchEventType.Bookmark, null, resourceVersion, null, initialEventsEnd);

    public static WatchEvent<TestObject> Error(ApiStatus status) => new(WatchEventType.Error, null, null, status);
}

/// <summary>What API servers say.</summary>
internal static class Statuses
{
    public static readonly ApiStatus Expired = new(410, "Expired", "too old resource version");
    public static readonly ApiStatus TooManyRequests = new(429, "TooManyRequests", "slow down");
    public static readonly ApiStatus Unreachable = new(0, "Unreachable", "connection refused");
    public static readonly ApiStatus Internal = new(500, "InternalError", "oops");
    public static readonly ApiStatus NotFound = new(404, "NotFound", "the server could not find the requested resource");
    public static readonly ApiStatus Invalid = new(422, "Invalid", "sendInitialEvents is forbidden");
}

namespace PrEnv.Core.Informers;

/// <summary>Kinds of watch events.</summary>
public enum WatchEventType
{
    /// <summary>New.</summary>
    Added,

    /// <summary>Changed.</summary>
    Modified,

    /// <summary>Gone.</summary>
    Deleted,

    /// <summary>Only a newer resource version.</summary>
    Bookmark,

    /// <summary>The server's <c>Status</c>; the stream ends.</summary>
    Error,
}

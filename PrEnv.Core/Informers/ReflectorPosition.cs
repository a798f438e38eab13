namespace PrEnv.Core.Informers;

/// <summary>How far a reflector has read, and from where it may go on.</summary>
internal sealed class ReflectorPosition
{
    private volatile string _lastSeen = "";
    private bool _isUnavailable;

    /// <summary>The newest version that was seen; empty before the first.</summary>
    public string LastSeen => _lastSeen;

    /// <summary>
    /// For a list: anything at first, later nothing older than what was seen, and whatever is true now when that is not to be had.
    /// </summary>
    public string ForList => _isUnavailable ? "" : _lastSeen.Length == 0 ? "0" : _lastSeen;

    /// <summary>For a streaming list: the same, but it has no need for a first answer that may be old.</summary>
    public string ForStreamingList => _isUnavailable ? "" : _lastSeen;

    /// <summary>The server no longer has, or does not have yet, the version that was seen last.</summary>
    public void Unavailable() => _isUnavailable = true;

    public void Synced(string resourceVersion)
    {
        _isUnavailable = false;
        _lastSeen = resourceVersion;
    }

    public void Advance(string resourceVersion) => _lastSeen = resourceVersion;
}

namespace PrEnv.Core.Informers;

/// <summary>How far a reflector has read, and where it may continue.</summary>
/// <param name="startsCurrent">See <see cref="ReflectorOptions.StartsCurrent"/>.</param>
internal sealed class ReflectorPosition(bool startsCurrent)
{
    private volatile string _lastSeen = "";
    private bool _isUnavailable;

    /// <summary>The newest version that was seen; empty before the first.</summary>
    public string LastSeen => _lastSeen;

    /// <summary>
    /// For a list: any version or the current state at first, later nothing older than what was seen, and the current state if that is not
    /// available.
    /// </summary>
    public string ForList => !_isUnavailable && _lastSeen.Length == 0 && !startsCurrent ? "0" : ForStreamingList;

    /// <summary>For a streaming list: the same, except that the first answer must not be old.</summary>
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

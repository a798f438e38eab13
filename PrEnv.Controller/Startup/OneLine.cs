namespace PrEnv.Controller.Startup;

/// <summary>The gist of an exception for one line of output.</summary>
internal static class OneLine
{
    /// <summary>The message's first line, without its full stop.</summary>
    public static string Of(Exception failure)
    {
        var message = failure.Message.Trim();
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}

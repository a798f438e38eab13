using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PrEnv.Controller.Terminal;

/// <summary>Standard output that notices when nobody reads it any more, as <see cref="Console.Out"/> does not.</summary>
internal static class StandardOutput
{
    // EPIPE, the same on Linux and macOS.
    private const int BrokenPipe = 32;

    /// <summary>Buffered: flush it.</summary>
    public static TextWriter Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.Out;
        try
        {
            var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            // In a file it would write where it believes to be, over what others have written since.
            return stream.CanSeek
                ? Console.Out
                : new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 32 * 1024);
        }
        catch (Exception closed) when (closed is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return TextWriter.Null;
        }
    }

    /// <summary>Writes what is left. False if nobody reads it any more.</summary>
    public static bool Close(TextWriter output)
    {
        try
        {
            output.Flush();
            return true;
        }
        catch (IOException closed) when (IsClosed(closed))
        {
            return false;
        }
    }

    /// <summary>Has the reader gone, as <c>head</c> does when it has seen enough?</summary>
    public static bool IsClosed(Exception failure) => failure is IOException { HResult: BrokenPipe };
}

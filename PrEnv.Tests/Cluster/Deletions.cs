using System.Net;
using k8s.Autorest;

namespace PrEnv.Tests.Cluster;

/// <summary>Waits for the end of an object that was deleted.</summary>
internal static class Deletions
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Returns once the object cannot be read any more. It is asked for and not watched: a watch that opens after the end never shows it,
    /// and one that is closed before says nothing.
    /// </summary>
    public static async Task UntilGoneAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await read();
                await Task.Delay(Glance, TimeProvider.System, cancellationToken);
            }
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone.
        }
    }
}

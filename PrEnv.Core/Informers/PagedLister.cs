using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>A complete list and its version.</summary>
internal sealed record CompleteList<T>(IReadOnlyList<T> Items, string ResourceVersion)
    where T : class, IClusterObject;

/// <summary>Reads complete lists, in pages where appropriate. Not thread-safe.</summary>
internal sealed class PagedLister<T>(IListWatch<T> listWatch, ReflectorOptions options, ReflectorPosition position)
    where T : class, IClusterObject
{
    private const int DefaultPageSize = 500;

    // A server that pages an answer for version "0" has no watch cache: then every list is read from its storage, and pages reduce the
    // load.
    private bool _serverHasNoCache;

    /// <summary>
    /// Lists; if the server does not have the requested version, once more without a version. If it does not answer in time, the next list
    /// is read in pages.
    /// </summary>
    /// <exception cref="ApiStatusException">The server refused.</exception>
    public async Task<CompleteList<T>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(position.ForList, cancellationToken);
        }
        catch (ApiStatusException exception) when (exception.Status.IsUnusableVersion())
        {
            position.Unavailable();
            return await ReadAsync(position.ForList, cancellationToken);
        }
        catch (ApiStatusException exception) when (exception.Status.IsTimeout)
        {
            // The whole list in one answer was too much for a busy server, and would be once more: its pages are not.
            position.Unavailable();
            throw;
        }
    }

    private async Task<CompleteList<T>> ReadAsync(string version, CancellationToken cancellationToken)
    {
        var first = await listWatch.ListAsync(new ListOptions(version, PageSize(version)), cancellationToken);
        if (string.IsNullOrEmpty(first.Continue))
            return new CompleteList<T>(first.Items, first.ResourceVersion);
        if (version == "0")
            _serverHasNoCache = true;
        try
        {
            return await ReadOnAsync(first, PageSize(version), cancellationToken);
        }
        catch (ApiStatusException exception) when (exception.Status.IsExpired)
        {
            // The list was too long, or we were too slow, for the server to keep the state that the first page describes.
            var whole = await listWatch.ListAsync(new ListOptions(version), cancellationToken);
            return new CompleteList<T>(whole.Items, whole.ResourceVersion);
        }
    }

    private async Task<CompleteList<T>> ReadOnAsync(ListPage<T> first, int? pageSize, CancellationToken cancellationToken)
    {
        var items = new List<T>(first.Items);
        for (var next = first.Continue; !string.IsNullOrEmpty(next);)
        {
            // The token contains the version; specifying another is an error.
            var page = await listWatch.ListAsync(new ListOptions("", pageSize, next), cancellationToken);
            items.AddRange(page.Items);
            next = page.Continue;
        }

        return new CompleteList<T>(items, first.ResourceVersion);
    }

    // With a version, a limit would send the list past the watch cache to storage: see
    // https://kubernetes.io/docs/reference/using-api/api-concepts/#the-resourceversion-parameter.
    private int? PageSize(string version) =>
        options.PageSize ?? (version is "" or "0" || _serverHasNoCache ? DefaultPageSize : null);
}

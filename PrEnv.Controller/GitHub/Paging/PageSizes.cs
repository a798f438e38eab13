using System.Collections.Immutable;
using System.Net;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.GitHub.Paging;

/// <summary>
/// How many items a page has. Of a repository with large pull requests, a page of a hundred may be more than GitHub can render in time: a
/// list that fails in that way is read in smaller pages before it counts as failed, and what has worked is kept for that repository. All
/// pages of one reading have the same size. Thread-safe.
/// </summary>
internal sealed class PageSizes(TimeProvider time)
{
    private const int MostRepositories = 10_000;

    private static readonly ImmutableArray<int> Sizes = [RepositoryUrls.PageSize, 50, 25];

    private readonly ExpiringMap<string, int> _worked = new(time, TimeSpan.FromDays(1), MostRepositories);

    // Lists that no size has helped, such as those of a repository that does not exist: they cost one request a time again.
    private readonly ExpiringMap<string, bool> _hopeless = new(time, TimeSpan.FromMinutes(10), MostRepositories);

    /// <summary>How many pages of that size make as many items as that many full ones.</summary>
    public static int Pages(int fullPages, int size) => fullPages * RepositoryUrls.PageSize / size;

    /// <summary>The size to begin with.</summary>
    public int Of(RepositoryAccess access) => _worked.TryGet(KeyOf(access), out var size) ? size : Sizes[0];

    /// <summary>Reads a list, from its first page on. Throws what the last try has thrown.</summary>
    /// <param name="access">The repository.</param>
    /// <param name="first">The address of the first page, for a size.</param>
    /// <param name="read">Reads all of it from there, with that size.</param>
    public async Task<T> ReadAsync<T>(RepositoryAccess access, Func<int, Uri> first, Func<Uri, int, Task<T>> read)
    {
        var begun = Of(access);
        for (var size = begun; ;)
        {
            var uri = first(size);
            try
            {
                var result = await read(uri, size);
                if (size != begun)
                    _worked.Set(KeyOf(access), size);
                return result;
            }
            catch (GitHubFaultException e) when (IsTooMuch(e.Fault) && !_hopeless.ContainsKey(uri.AbsolutePath))
            {
                var smaller = Sizes.FirstOrDefault(s => s < size);
                if (smaller == 0)
                {
                    _hopeless.Set(uri.AbsolutePath, true);
                    _worked.Remove(KeyOf(access));
                    throw;
                }

                size = smaller;
            }
        }
    }

    private static bool IsTooMuch(GitHubFault fault) => (fault.Kind, fault.Status) is
        (GitHubFaultKind.Timeout, _)
        or (GitHubFaultKind.NotFound, HttpStatusCode.NotFound)
        or (GitHubFaultKind.Invalid, HttpStatusCode.UnprocessableEntity)
        or (GitHubFaultKind.ServerError, HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout);

    private static string KeyOf(RepositoryAccess access) => $"{access.ApiUrl}{access.Owner}/{access.Name}".ToUpperInvariant();
}

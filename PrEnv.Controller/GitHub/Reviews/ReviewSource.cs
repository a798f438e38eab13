using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Reviews;

/// <inheritdoc cref="IReviewSource"/>
internal sealed class ReviewSource(
    GitHubChannelPool channels, PageSizes sizes, GitHubClientOptions options, ILogger<ReviewSource> logger) : IReviewSource
{
    public async Task<ReviewReading> ReadAsync(RepositoryAccess access, int number, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var items = await sizes.ReadAsync(
                access, size => RepositoryUrls.Reviews(access, number, size),
                (first, size) => PageWalk.ReadAsync(lease.Channel, first, size, options.MaxPages, ReadPage, cancellationToken));
            var mayWrite = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
            foreach (var login in items.Where(i => i.State == "APPROVED").Select(i => i.User?.Login).OfType<string>())
            {
                if (!mayWrite.ContainsKey(login))
                    mayWrite[login] = await Permissions.MayWriteAsync(lease.Channel, access, login, cancellationToken);
            }

            return new ReviewReading.Known([.. items.Select(i => ToReview(i, mayWrite)).OfType<Review>()]);
        }
        catch (GitHubFaultException e)
        {
            ReadLog.NotRead(logger, "the reviews", access, e.Fault);
            return new ReviewReading.Unknown(e.Fault.Message);
        }
    }

    // A review without an author approves nothing.
    private static Review? ToReview(ReviewJson item, Dictionary<string, bool> mayWrite)
    {
        ReviewVerdict? verdict = item.State switch
        {
            "APPROVED" => ReviewVerdict.Approved,
            "CHANGES_REQUESTED" => ReviewVerdict.ChangesRequested,
            "DISMISSED" => ReviewVerdict.Dismissed,
            _ => null,
        };
        return verdict is { } decides && item.User?.Login is { Length: > 0 } login
            ? new Review(login, decides, item.CommitId?.ToLowerInvariant() ?? "", mayWrite.GetValueOrDefault(login))
            : null;
    }

    private static ReviewJson[] ReadPage(Stream body)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.ReviewJsonArray)
            ?? throw new GitHubFaultException(GitHubFault.Malformed("the list is missing"));
        return items.All(i => i is { State: not null })
            ? items
            : throw new GitHubFaultException(GitHubFault.Malformed("a review has no state"));
    }
}

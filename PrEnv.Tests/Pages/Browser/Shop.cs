using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Pages.Browser;

/// <summary>A cluster with something of everything, as it may look on some afternoon.</summary>
internal static class Shop
{
    private static readonly (int Number, string Title, string Branch, string Author, string Phase, string Reason, string Message)[] Rows =
    [
        (118, "Faster search with an index on names", "feature/search-index", "ada", EnvironmentPhase.Ready, "EnvironmentReady",
            "The environment is ready."),
        (117, "Show prices with tax", "tax", "grace", EnvironmentPhase.Deploying, "HelmReleaseProgressing",
            "Flux is working on commit 5d1c0ab: Running 'upgrade' action with timeout of 5m0s."),
        (115, "Upgrade the payment library to 4.2", "bump/payments-4.2", "renovate[bot]", EnvironmentPhase.Failed, "UpgradeFailed",
            "Helm upgrade failed for release shop/relpr-115 with chart shop@1.8.0: context deadline exceeded: "
            + "Deployment/shop/payments not ready."),
        (112, "Draft: redesign of the cart", "cart-redesign", "linus", EnvironmentPhase.Skipped, "Draft",
            "Is a draft; drafts get no environment."),
        (109, "Export orders as CSV", "orders/csv-export", "margaret", EnvironmentPhase.Queued, "LimitReached",
            "Waiting for a free environment: 1st of 2."),
        (104, "Translate the checkout into Arabic: الدفع", "i18n/ar", "fatima", EnvironmentPhase.Ready, "EnvironmentReady",
            "The environment is ready."),
        (101, "Compare two products", "feature/compare", "linus", EnvironmentPhase.Asleep, "EnvAsleep",
            "Nothing has happened on the pull request for 8h (spec.sleep.idleTimeout). A push, a change of its labels, an approval or the "
            + "command /prenv wake will wake it."),
        (97, "Remove the old importer", "cleanup/importer", "grace", EnvironmentPhase.Held, "NotConfirmed",
            "GitHub's list does not have PR 97, and GitHub has not confirmed that it is closed: nothing is deleted."),
        (88, "Delete carts after a year", "retention", "ada", EnvironmentPhase.Deleting, "PullRequestClosed",
            "PR 88 is closed: the HelmRelease is being uninstalled."),
    ];

    /// <summary>Two resources, one of which does not work.</summary>
    public static void Fill(PageWorld world)
    {
        var resource = world.Add("shop", [.. Rows.Select(Row)]);
        world.Resources.Upsert(resource = resource with
        {
            Status = resource.Status! with { EnvironmentsTotal = 7, EnvironmentsReady = 2, OpenPullRequests = 8 },
        });
        PullRequest[] pullRequests = [.. Rows.Select(PullRequest)];
        var failed = resource.Status!.Environments!.OfType<EnvironmentStatus>().First(row => row.PrNumber == 115);
        var deploying = failed with { Phase = EnvironmentPhase.Deploying, Reason = "Progressing", Since = Some.Now.AddMinutes(-47) };
        var ready = failed with
        {
            Phase = EnvironmentPhase.Ready,
            Reason = "EnvReady",
            HeadSha = ShaOf(114),
            Since = Some.Now.AddMinutes(-298),
        };
        world.Saw(resource, ready, deploying);
        world.Saw(resource, deploying, failed);
        world.Reconciled(resource, pullRequests);
        foreach (var pullRequest in pullRequests.Where(p => p.Number is not (112 or 109)))
            world.AddRelease(resource, pullRequest.Number, pullRequest, release => Upgraded(release, pullRequest.Number));

        var billing = world.Add("billing");
        world.Resources.Upsert(billing with
        {
            Spec = billing.Spec with { GitHubPRRepository = billing.Spec.GitHubPRRepository! with { Repo = "billing" } },
            Status = billing.Status! with
            {
                OpenPullRequests = null,
                Conditions =
                [
                    new Condition
                    {
                        Type = "Ready", Status = "False", Reason = "TokenLoadFailed",
                        Message = "Secret default/tokensecret does not exist; create it with the key token.",
                    },
                ],
            },
        });
        world.Changes.Note();
    }

    private static EnvironmentStatus Row(
        (int Number, string Title, string Branch, string Author, string Phase, string Reason, string Message) row) =>
        PageWorld.Row(row.Number, row.Phase, row.Message) with
        {
            Reason = row.Reason,
            HeadSha = ShaOf(row.Number),
            Since = Some.Now - TimeSpan.FromMinutes(7 * (120 - row.Number)),
            Url = row.Phase is EnvironmentPhase.Skipped or EnvironmentPhase.Queued ? null : $"https://pr-{row.Number}.shop.example.com/",
        };

    private static PullRequest PullRequest(
        (int Number, string Title, string Branch, string Author, string Phase, string Reason, string Message) row) =>
        Some.PullRequest(row.Number, ShaOf(row.Number)) with
        {
            Title = row.Title,
            HeadBranch = row.Branch,
            BaseBranch = "main",
            Author = row.Author,
            OpenedAt = Some.Now - TimeSpan.FromDays(3),
            HtmlUrl = $"https://github.com/octo/app/pull/{row.Number}",
        };

    private static HelmRelease Upgraded(HelmRelease release, int number) => release with
    {
        Metadata = release.Metadata with
        {
            Annotations = new Dictionary<string, string>(release.Metadata.Annotations!, StringComparer.Ordinal)
            {
                [OwnerLabels.UpdatedAtAnnotation] = Timestamp.Format(Some.Now.AddMinutes(-47)),
            },
        },
        Status = Flux(number),
    };

    private static HelmReleaseStatus Flux(int number) => new()
    {
        ObservedGeneration = 1,
        Conditions =
        [
            new Condition
            {
                Type = "Ready", Status = number == 115 ? "False" : "True", Reason = number == 115 ? "UpgradeFailed" : "UpgradeSucceeded",
                Message = number == 115
                    ? "Helm upgrade failed for release shop/relpr-115 with chart shop@1.8.0: context deadline exceeded"
                    : $"Helm upgrade succeeded for release shop/relpr-{number}.v3 with chart shop@1.8.0",
                LastTransitionTime = Some.Now - TimeSpan.FromMinutes(40),
            },
            new Condition
            {
                Type = "Released", Status = number == 115 ? "False" : "True", Reason = number == 115 ? "UpgradeFailed" : "UpgradeSucceeded",
                LastTransitionTime = Some.Now - TimeSpan.FromMinutes(40),
            },
        ],
        History =
        [
            Revision(3, number == 115 ? "failed" : "deployed", "1.8.0", 40),
            Revision(2, number == 115 ? "deployed" : "superseded", "1.8.0", 300),
            Revision(1, "superseded", "1.7.2", 2870),
        ],
    };

    private static HelmReleaseSnapshot Revision(int version, string status, string chart, int minutes) => new()
    {
        Version = version,
        Status = status,
        ChartVersion = chart,
        LastDeployed = (Some.Now - TimeSpan.FromMinutes(minutes)).ToString("O"),
    };

    private static string ShaOf(int number) => Core.Texts.Fingerprint.Of($"commit {number}", 40);
}

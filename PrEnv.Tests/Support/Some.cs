using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Support;

/// <summary>Things that are well, for tests to change one thing of.</summary>
internal static class Some
{
    public const string Sha = "dfb5e1d0000000000000000000000000000000aa";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ResourceKey Key = new("default", "ctrl");

    public static PREphemeralEnvController Resource(string? requestedAt = null, bool status = true) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = Key.Namespace,
            Name = Key.Name,
            Uid = "uid-ctrl",
            ResourceVersion = "7",
            Generation = 1,
            Finalizers = [PREphemeralEnvController.Finalizer],
            Annotations = requestedAt is null
                ? null
                : ImmutableDictionary<string, string>.Empty.Add(PREphemeralEnvController.ReconcileRequestAnnotation, requestedAt),
        },
        Spec = new PREphemeralEnvControllerSpec
        {
            GitHubPRRepository = new GitHubPRRepository
            {
                User = "octo",
                Repo = "app",
                TokenSecretRef = new SecretKeyReference { Name = "tokensecret" },
            },
            EnvCreationHelmRepo = new EnvCreationHelmRepo
            {
                FluxSourceRepoName = "infra",
                HelmChartPath = "chart",
                DestinationNamespace = "envs",
            },
        },
        Status = status ? new PREphemeralEnvControllerStatus { Message = "Ready", ObservedGeneration = 1 } : null,
    };

    public static EnvironmentSpec Spec(PREphemeralEnvController? resource = null) => Reading(resource).Spec!;

    public static SpecReading Reading(PREphemeralEnvController? resource = null) =>
        SpecReader.Read(resource ?? Resource(), new ControllerSettings());

    public static PullRequest PullRequest(int number, string sha = Sha) => new() { Number = number, HeadSha = sha, HeadBranch = "topic" };

    public static DesiredRelease Desired(int number, string sha = Sha) => Desired(Resource(), Spec(), number, sha);

    public static DesiredRelease Desired(PREphemeralEnvController resource, EnvironmentSpec spec, int number, string sha) =>
        DesiredReleases.For(
            new ReleaseWish { Resource = resource, Template = ReleaseTemplate.Of(spec), PullRequest = PullRequest(number, sha) }, Now);

    public static HelmRelease Release(int number, string sha = Sha, ReportedStatus? reported = null)
    {
        var desired = Desired(number, sha);
        return new HelmRelease
        {
            Metadata = new ObjectMeta
            {
                Namespace = desired.Key.Namespace,
                Name = desired.Key.Name,
                Uid = "uid-" + number.ToString(CultureInfo.InvariantCulture),
                ResourceVersion = "1",
                Generation = 1,
                Labels = desired.Labels,
                Annotations = reported is null
                    ? desired.Annotations
                    : new Dictionary<string,
                    string>(desired.Annotations, StringComparer.Ordinal)
                    { [OwnerLabels.ReportedAnnotation] = reported.ToJson() },
            },
            Spec = desired.Spec,
        };
    }

    public static PullRequestListing.Complete Listing(params int[] numbers) => new([.. numbers.Select(n => PullRequest(n))]);
}

using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Ranking;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Templates;
using PrEnv.Core.Timing;

namespace PrEnv.Core.Environments;

/// <summary>Sorts a snapshot by pull request and ranks the pull requests.</summary>
internal sealed class Inputs
{
    private readonly Snapshot _snapshot;
    private readonly EnvironmentSpec _spec;
    private readonly CommandEffects _effects;
    private readonly PreviousRows _before;
    private readonly Dictionary<int, PullRequest> _listed;
    private readonly Dictionary<int, Rejection> _objections = [];
    private readonly ILookup<int, HelmRelease> _owned;
    private readonly ILookup<int, ClusterNamespace> _created;

    private readonly Dictionary<string, HelmRelease> _occupants;
    private readonly Dictionary<int, string> _rebuilds;
    private readonly HashSet<int> _commanded;
    private readonly HoursAt? _hours;
    private readonly ReleaseTemplate _template;

    // How many more may expire: those that have are recorded in one annotation.
    private int _room;

    private Inputs(
        Snapshot snapshot, EnvironmentSpec spec, CommandEffects effects, ImmutableArray<CommandAnswer> answers, int? only = null)
    {
        (_snapshot, _spec, _effects) = (snapshot, spec, effects);
        _before = PreviousRows.Of(snapshot);
        _listed = ListedIn(snapshot).Where(p => only is null || p.Number == only).ToDictionary(p => p.Number);
        _owned = snapshot.Owned.Where(o => only is null || o.Number == only).ToLookup(o => o.Number, o => o.Release);
        _created = snapshot.Namespaces.Found
            .Select(n => (Number: EnvironmentNamespaces.PrNumberIfCreatedBy(n, snapshot.Resource), Namespace: n))
            .Where(c => c.Number is not null)
            .OrderBy(c => c.Namespace.Metadata.Name, StringComparer.Ordinal)
            .ToLookup(c => c.Number!.Value, c => c.Namespace);
        _occupants = snapshot.Others
            .Where(IsHere)
            .GroupBy(r => r.Metadata.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        _rebuilds = answers.Where(a => a is { CarriedOut: true, Command.Verb: CommandVerb.Rebuild })
            .GroupBy(a => a.Command.PrNumber).ToDictionary(g => g.Key, g => Token(g.Last().Command));
        _commanded = answers.Where(a => a.CarriedOut).Select(a => a.Command.PrNumber).ToHashSet();
        _hours = spec.Sleep?.Awake?.At(snapshot.Now);
        _template = ReleaseTemplate.Of(spec);
        _room = CommandEffects.MaxExpired - effects.Expired.Count;
        foreach (var pullRequest in _listed.Values)
        {
            if (Reject(pullRequest) is { } rejection)
                _objections.Add(pullRequest.Number, rejection);
        }
    }

    /// <summary>One input for each pull request that is listed, or has a release or a namespace, by number.</summary>
    public static IEnumerable<EnvironmentInput> Of(
        Snapshot snapshot, EnvironmentSpec spec, CommandEffects effects, ImmutableArray<CommandAnswer> answers) =>
        new Inputs(snapshot, spec, effects, answers).All();

    /// <summary>
    /// The input of one of them, which is not ranked unless it waits for a place or may do so; null if there is nothing of it. For whoever
    /// only looks at it: the others are left alone as far as possible.
    /// </summary>
    public static EnvironmentInput? One(
        Snapshot snapshot, EnvironmentSpec spec, CommandEffects effects, ImmutableArray<CommandAnswer> answers, int number)
    {
        var alone = new Inputs(snapshot, spec, effects, answers, number);
        if (!alone._listed.ContainsKey(number) && !alone._owned.Contains(number) && !alone._created.Contains(number))
            return null;
        var isOneOfTheLastToExpire = spec.Expiry is not null && alone._room < ListedIn(snapshot).Length;
        var input = alone.InputOf(number);
        var mayWait = spec.MaxEnvironments is not null && input.Owned.IsEmpty && input.Adoptable is null;
        return mayWait || isOneOfTheLastToExpire
            ? Of(snapshot, spec, effects, answers).First(i => i.PrNumber == number)
            : input;
    }

    private List<EnvironmentInput> All()
    {
        var numbers = _listed.Keys.Union(_owned.Select(o => o.Key)).Union(_created.Select(c => c.Key)).Order();
        List<EnvironmentInput> inputs = [.. numbers.Select(InputOf)];
        var standings = Ranker.Rank([.. inputs.Where(MayAnswer).Select(ToCandidate)], _spec.MaxEnvironments);
        var claimant = new UrlClaimant(
            _snapshot.Resource.Metadata.Key, _snapshot.Resource.Metadata.CreationTimestamp,
            $"{_spec.ApiUrl} {_spec.Owner}/{_spec.Repository}".ToUpperInvariant());
        foreach (var input in inputs)
        {
            if (standings.TryGetValue(input.PrNumber, out var standing))
                Place(input, standing, claimant);
        }

        return inputs;
    }

    private static ImmutableArray<PullRequest> ListedIn(Snapshot snapshot) =>
        (snapshot.Listing as PullRequestListing.Complete)?.PullRequests ?? [];

    // In the order of the numbers: it counts how many expire.
    private EnvironmentInput InputOf(int number)
    {
        var pullRequest = _listed.GetValueOrDefault(number);
        var here = _owned[number].FirstOrDefault(IsHere);
        ImmutableArray<HelmRelease> elsewhere = _owned[number].All(IsHere)
            ? []
            : [.. _owned[number].Where(r => !IsHere(r)).OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal)];
        var existing = here ?? elsewhere.FirstOrDefault();
        var occupant = _occupants.GetValueOrDefault(ReleaseNaming.NameOf(number));
        ImmutableArray<ClusterNamespace> created = [.. _created[number]];
        var @namespace = (existing ?? occupant) is { } release ? NamespaceOf(release, created)
            : pullRequest is null ? null
            : _spec.Namespace?.Name.Render(new TemplateContext(pullRequest, _spec.Owner, _spec.Repository));
        var rejection = _objections.GetValueOrDefault(number) is { IsCertain: true } certain ? certain : null;
        var approval = pullRequest is null ? null : ApprovalOf(pullRequest, existing, here ?? Adoptable(occupant), _before[number]);
        var orders = StandingOrders.Of(_effects, number, existing is not null, _commanded.Contains(number), _snapshot.Now);
        var mayExpire = _room > 0 && !_snapshot.KeepsNoEffects && rejection is null && approval is { InstallSha: not null };
        var idleness = Idleness.Of(_snapshot, _spec, pullRequest, approval, existing, orders, mayExpire);
        if (idleness.Expired is not null && orders.Expired is null)
            _room--;
        return new EnvironmentInput
        {
            Snapshot = _snapshot,
            Spec = _spec,
            Template = _template.In(@namespace),
            NamespaceName = @namespace,
            Created = created,
            PrNumber = number,
            PullRequest = pullRequest,
            Rejection = rejection,
            Approval = approval,
            Idleness = idleness,
            Sleepiness = Sleepiness.Of(_snapshot, _spec.Sleep, _hours, pullRequest, idleness, orders),
            Rebuild = _rebuilds.GetValueOrDefault(number),
            ListingIsComplete = _snapshot.Listing is PullRequestListing.Complete,
            Current = here,
            Misplaced = elsewhere,
            Owned = here is null ? elsewhere : [here, .. elsewhere],
            Occupant = occupant,
            Before = _before[number],
            BeforeIsKnown = _before.AreComplete,
        };
    }

    private static void Place(EnvironmentInput input, Standing standing, UrlClaimant claimant)
    {
        input.Standing = standing;
        if (standing.Place is not null || input.HealthUrl is not { } url)
            return;
        input.UrlClaim = new UrlClaim(url, claimant, input.PrNumber, input.IsLeaving);
        if (input.Snapshot.HealthUrls.Before(input.UrlClaim) is { } other)
        {
            input.Standing = standing with
            {
                OwnerOfUrl = new Candidate(other.Number, url, other.IsLeaving) { Resource = other.Claimant.Key },
            };
        }
    }

    private static Candidate ToCandidate(EnvironmentInput input)
    {
        var existing = input.Owned.FirstOrDefault() ?? input.Adoptable;
        var claim = existing is not null ? PlaceClaim.Holds
            : input.Occupant is null && NamespaceRefusal.Of(input) is null ? PlaceClaim.Wants
            : PlaceClaim.None;
        return new Candidate(input.PrNumber, input.HealthUrl, input.IsLeaving, claim)
        {
            Namespace = input.NamespaceName,
            HasNamespace = existing is not null || input.Created.Any(n => n.Metadata.Name == input.NamespaceName),
            Since = existing?.Metadata.CreationTimestamp ?? default,
            HasFailed = existing is not null && input.Before?.Phase == EnvironmentPhase.Failed,
        };
    }

    // An environment keeps the namespace that it was installed in: Flux would uninstall it to move it.
    private static string? NamespaceOf(HelmRelease release, ImmutableArray<ClusterNamespace> created) =>
        EnvironmentNamespaces.NameOf(release)
        ?? created.FirstOrDefault(n => n.Metadata.Name == release.Spec.TargetNamespace)?.Metadata.Name;

    // It has an environment, or may get one.
    private static bool MayAnswer(EnvironmentInput input) =>
        !input.Owned.IsEmpty || input is { Rejection: null, IsExpired: false, Approval.InstallSha: not null };

    private bool IsHere(HelmRelease release) => release.Metadata.Namespace == _spec.DestinationNamespace;

    private Rejection? Reject(PullRequest pullRequest)
    {
        var objection = Selector.Reject(pullRequest, _spec, _snapshot.Files);
        if (objection is { IsCertain: true })
            return objection;
        return _effects.Deleted.GetValueOrDefault(pullRequest.Number) == pullRequest.HeadSha
            ? new Rejection(Reasons.DeletedByCommand, RowMessages.DeletedByCommand)
            : objection;
    }

    private Approval ApprovalOf(PullRequest pullRequest, HelmRelease? existing, HelmRelease? here, EnvironmentStatus? before)
    {
        if (_objections.GetValueOrDefault(pullRequest.Number) is { IsCertain: false } doubt)
            return Approval.Undecided(existing, doubt.Message);
        var reviews = _snapshot.Reviews.GetValueOrDefault(pullRequest.Number);
        var approval = Approval.Of(pullRequest, _spec, existing, reviews, _effects);
        return approval.State is ApprovalState.NotNeeded or ApprovalState.Given && WaitOf(pullRequest, here, before) is { } wait
            ? approval.Until(wait, here ?? existing, reviews)
            : approval;
    }

    // A commit that is installed where it belongs waits for nothing any more.
    private CheckWait? WaitOf(PullRequest pullRequest, HelmRelease? here, EnvironmentStatus? before)
    {
        var head = pullRequest.HeadSha;
        if (_spec.Checks.IsEmpty || (here is not null && Approval.RolledOut(here) == head))
            return null;
        // Without its row, which a long status leaves out, only this process knows since when.
        var begun = before is null && !_before.AreComplete && _snapshot.HeadSeen.TryGetValue(pullRequest.Number, out var seen)
            ? seen
            : _snapshot.Now;
        return CheckWait.Of(head, _spec, _snapshot.Checks.GetValueOrDefault(head), before?.Waiting, begun, _snapshot.Now);
    }

    private HelmRelease? Adoptable(HelmRelease? occupant) =>
        occupant is not null && Ownership.IsAdoptable(occupant, _spec.Chart) ? occupant : null;

    private static string Token(Command command) => string.Create(CultureInfo.InvariantCulture, $"comment-{command.CommentId}");
}

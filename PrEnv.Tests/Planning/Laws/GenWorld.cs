using CsCheck;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>
/// Random worlds of up to five pull requests: everything that people, Flux, GitHub and restarts can bring about, at once.
/// </summary>
internal static class GenWorld
{
    private static readonly Gen<string> Commit = Gen.OneOf(World.A, World.B, new string('c', 40));

    private static readonly Gen<int> Number = Gen.Int[1, 5];

    private static readonly Gen<World> Base = Gen.Select(
        Gen.OneOf(
            World.Plain, World.Fluxed, World.Probing, World.Probing.Spec(s => s with { EnvUrlTemplate = "https://x.test/<<PR_TITLE>>" }),
            World.Plain.Spec(s => s with { EnvHealthCheckUrlTemplate = "https://<<PR_BRANCH_SLUG>>.test/<<PR_BRANCH>>" })),
        Gen.Bool, Gen.Bool, Gen.OneOf<string?>(null, "deployer"), Gen.Int[0, 180], Gen.Int[0, 20], Gen.OneOf(0, 0, 1, 2, 3))
        .Select((world, silent, forks, account, minutes, odd, limit) => Odd(
            (silent ? world.Silent() : world) with { Settings = new ControllerSettings { DefaultServiceAccount = account } }, forks,
            odd).Limited(limit).Later(TimeSpan.FromMinutes(minutes)));

    private static readonly Gen<Func<PullRequestSelection, PullRequestSelection>> Filter =
        Gen.OneOf<Func<PullRequestSelection, PullRequestSelection>>(
            s => s, s => s, s => s, s => s with { Labels = ["preview"] }, s => s with { AnyLabels = ["preview", "demo"] },
            s => s with { ExcludeLabels = ["WIP"] }, s => s with { Drafts = "Skip" }, s => s with { Authors = ["mona"] },
            s => s with { ExcludeAuthors = ["mona"] }, s => s with { Labels = ["preview"], ExcludeLabels = ["wip"], Drafts = "Skip" },
            s => s with { TargetBranches = ["^main$"] }, s => s with { Branches = ["^f"], ExcludeBranches = ["(?i)OLD"] },
            s => s with { Titles = ["a|b"], ExcludeTitles = ["^w"] }, s => s with { ExcludeTitles = ["."], ExcludeAuthors = ["mona"] },
            s => s with { Paths = ["src/**"], ExcludePaths = ["**.md"] }, s => s with { ExcludePaths = ["docs/**"] },
            s => s with { Paths = ["src/**"], Labels = ["preview"] });

    private static readonly Gen<(int Number, int What)> OneReading = Gen.Select(Number, Gen.Int[0, 6]);

    private static readonly Gen<Func<PullRequest, PullRequest>> Facts = Gen.OneOf<Func<PullRequest, PullRequest>>(
        p => p, p => p with { Labels = LabelSet.None, IsDraft = false },
        p => p with { Labels = new LabelSet(["Preview"]), IsDraft = false },
        p => p with { Labels = new LabelSet(["preview", "wip"]), IsDraft = true }, p => p with { Labels = new LabelSet(["demo"]) },
        p => p with { Author = "mona", IsDraft = false }, p => p with { BaseBranch = "main", HeadBranch = "feature" },
        p => p with { BaseBranch = "old", HeadBranch = "old", Title = "wip" }, p => p with { BaseBranch = "", HeadBranch = "", Title = "" },
        p => p with { Title = new string('a', 2000) });

    private static readonly Gen<(int Number, string Sha, bool Fork, string Text, Func<PullRequest, PullRequest> Facts)> OnePullRequest =
        Gen.Select(Number, Commit, Gen.Bool, Hostile.Text, Facts);

    private static readonly Gen<Func<HelmRelease, HelmRelease>> Whose = Gen.OneOf<Func<HelmRelease, HelmRelease>>(
        r => r, r => r, r => r, r => r, r => r.In("old"), r => r.OfAnother(), r => r.OfPredecessor(),
        r => r.Label(OwnerLabels.Uid, "uid-before"),
        r => r.Meta(m => m with { Labels = null }), r => r.Meta(m => m with { Name = "relpr-0" + m.Name[6..] }));

    private static readonly Gen<Func<HelmRelease, HelmRelease>> Flux = Gen.OneOf<Func<HelmRelease, HelmRelease>>(
        r => r, r => r.Working(), r => r.Ready(), r => r.Ready(), r => r.Failed(), r => r.Failed("UninstallSucceeded"),
        r => r.Failed("ArtifactFailed"), r => r.Stalled(),
        r => r.Ready().NextGeneration(), r => r.Failed().NextGeneration(), r => r.Stalled().NextGeneration().Working(),
        r => r with { Status = null }, r => r.Failed("SourceNotReady"), r => r.Failed("StateError"), r => r.Ready().Attempted(1),
        r => r.Working().NextGeneration().Attempted(1), r => r.Ready().NextGeneration().Attempted(1),
        r => r.NextGeneration().Stalled().Attempted(1));

    private static readonly Gen<Func<HelmRelease, HelmRelease>> Hand = Gen.OneOf<Func<HelmRelease, HelmRelease>>(
        r => r, r => r, r => r, r => r, r => r.Suspended(), r => r.Deleting(), r => r.Suspended().Deleting(),
        r => r.Chart("version", "9.9.9"),
        r => r.Set("chart", null), r => r.Values("""{"prSHA":"\n<x>","prNumber":1e99}"""), r => r.Values("\"text\""),
        r => r.Set("values", null),
        r => r.Annotation(OwnerLabels.UpdatedAtAnnotation, "9999-12-31T23:59:59Z"),
        r => r.Annotation(OwnerLabels.UpdatedAtAnnotation, "\0"),
        r => r.Annotation(OwnerLabels.HeadShaAnnotation, World.B), r => r.Annotation(OwnerLabels.HeadShaAnnotation, "<x>"),
        r => r.Annotation(OwnerLabels.ApprovedShaAnnotation, World.A), r => r.Annotation(OwnerLabels.ApprovedShaAnnotation, World.B),
        r => r.Annotation(OwnerLabels.ApprovedShaAnnotation, "<x>"),
        r => r.Annotation(OwnerLabels.CommitsAnnotation, $"1/{World.A}/d"), r => r.Annotation(OwnerLabels.CommitsAnnotation, "<x>"),
        r => r.Annotation(OwnerLabels.TargetNamespaceAnnotation, "pr-1"),
        r => r.Annotation(OwnerLabels.TargetNamespaceAnnotation, "pr-2").Set("targetNamespace", "pr-2"),
        r => r.Annotation(OwnerLabels.TargetNamespaceAnnotation, "<x>"), r => r.Set("targetNamespace", "pr-1"),
        r => r.Annotation(OwnerLabels.ActivityAnnotation, "9999-12-31T23:59:59Z/0123456789abcdef"),
        r => r.Annotation(OwnerLabels.DeploymentAnnotation, "{}"),
        r => r.Annotation(OwnerLabels.CommentAnnotation, """{"id":7,"key":"x"}"""),
        r => r.Annotation(
            OwnerLabels.DeploymentAnnotation,
            """{"id":7,"report":{"sha":"x","state":"success","description":"","url":null},"superseded":3}"""),
        r => r.Annotation(OwnerLabels.ReportedAnnotation, "{}"),
        r => r.Annotation(OwnerLabels.ReportedAnnotation, """{"status":{"state":"success"},"generation":1}"""));

    private static readonly Gen<Func<HelmRelease, string, HelmRelease>> Posted = Gen.OneOf<Func<HelmRelease, string, HelmRelease>>(
        (r, _) => r, (r, s) => r.Posted("pending", "Creation of ephemeral environment for PR in progress", sha: s),
        (r, s) => r.Posted("success", "Successfully created ephemeral environment for PR", sha: s),
        (r, s) => r.Posted("success", "Ephemeral environment creation request submitted", sha: s),
        (r, s) => r.Posted("failure", "Ephemeral environment for PR became unhealthy", sha: s),
        (r, s) => r.Posted("failure", "Ephemeral environment for PR failed: InstallFailed", sha: s),
        (r, s) => r.Posted("success", "Successfully created ephemeral environment for PR", sha: s, generation: 1),
        (r, _) => r.Posted("error", new string('x', 500), sha: World.A));

    private static readonly Gen<(int Number, string Sha, Func<HelmRelease, HelmRelease> Change)> OneRelease =
        Gen.Select(Number, Commit, Whose, Flux, Hand, Posted, Commit)
            .Select(
                (number, sha, whose, flux, hand, told, toldSha) =>
                    (number, sha, (Func<HelmRelease, HelmRelease>)(r => hand(told(flux(whose(r)), toldSha)))));

    private static readonly Gen<(int Number, string Sha, string Phase, string Reason)> OneRow = Gen.Select(
        Number, Commit,
        Gen.OneOf("Deploying", "Ready", "Failed", "Deleting", "Skipped", "Held", "Queued", "Expired", "Asleep"),
        Gen.OneOf(
            "EnvReady", "Applied", "InstallFailed", "EnvUnhealthy", "HealthCheckTimeout", "UnableToCreateHelmRelease", "NameConflict",
            "PullRequestClosed", "NotConfirmed", "FluxSilent", "EarlierCommit", "LimitReached", "EnvExpired", "EnvAsleep",
            "EnvAwake"));

    private static readonly Gen<(int Number, string Sha, bool Succeeded, int Failures, int Generation)> OneProbe =
        Gen.Select(Number, Commit, Gen.Bool, Gen.Int[0, 4], Gen.Int[1, 3]);

    private static readonly Gen<(int Number, string Sha, ReviewVerdict Verdict, bool MayWrite, string Who, bool Unread)> OneReview =
        Gen.Select(Number, Commit, Gen.Enum<ReviewVerdict>(), Gen.Bool, Gen.OneOf("mona", "hubot"), Gen.Int[0, 5].Select(n => n == 0));

    private static readonly Gen<(int Number, CommandVerb Verb, bool Named, int Id, bool Ordered, string Sha)> OneCommand =
        Gen.Select(Number, Gen.Enum<CommandVerb>(), Gen.Bool, Gen.Int[1, 99], Gen.Bool, Commit);

    private static readonly Gen<Func<World, World>> Talk = Gen.Select(
        OneReview.Array[0, 6], OneCommand.Array[0, 3], Gen.Int[0, 15], Gen.Bool)
        .Select((reviews, commands, switches, seen) => (Func<World, World>)(world =>
        {
            if ((switches & 1) != 0)
                world = world.Commandable();
            if ((switches & 2) != 0)
                world = world.Deploying();
            if ((switches & 4) != 0)
                world = world.Commenting();
            foreach (var of in reviews.GroupBy(r => r.Number))
            {
                world = of.Any(r => r.Unread)
                    ? world.ReviewsUnread(of.Key)
                    : world.Reviewed(of.Key, [.. of.Select(r => new Review(r.Who, r.Verdict, r.Sha, r.MayWrite))]);
            }

            foreach (var command in commands)
            {
                world = command.Ordered
                    ? world.Ordered(o => command.Verb == CommandVerb.Delete
                        ? o with { Deleted = o.Deleted.SetItem(command.Number, command.Sha) } : o with
                        {
                            Approved = o.Approved.SetItem(command.Number, command.Sha),
                        })
                    : world.Commanded(
                        command.Number, command.Verb, command is { Named: true, Verb: CommandVerb.Approve }
                            ? World.A[..7]
                            : null, command.Id);
                if (seen)
                    world = world.Seen(command.Number, World.Noon);
            }

            return world;
        }));

    private static readonly Gen<(int Number, string Name, Func<ClusterNamespace, ClusterNamespace> Change)> OneNamespace = Gen.Select(
        Number, Gen.OneOf("pr-1", "pr-2", "pr-3", "pr-4", "pr-5", "topic", "old"),
        Gen.OneOf<Func<ClusterNamespace, ClusterNamespace>>(
            n => n, n => n, n => n, n => n.Leaving(), n => n.Leaving(), n => n.Foreign(), n => n.Annotated([]),
            n => n.Labelled("stage", "wild"), n => n.Labelled(OwnerLabels.Uid, "uid-before"),
            n => n.Labelled(OwnerLabels.PrNumber, "0"), n => n.Labelled(OwnerLabels.PrNumber, "x")));

    private static readonly Gen<Func<World, World>> Namespaced = Gen.Select(
        OneNamespace.Array[0, 5], Gen.Int[0, 7], Gen.OneOf("pr-<<PR_NUMBER>>", "pr-<<PR_NUMBER>>", "<<PR_BRANCH_SLUG>>"),
        Gen.OneOf("a", "<<PR_TITLE>>"))
        .Select((namespaces, mode, template, stage) => (Func<World, World>)(world =>
        {
            if (mode < 4)
            {
                world = world.Namespaced(n => n with
                {
                    Template = template,
                    Labels = new Dictionary<string, string?>(StringComparer.Ordinal) { ["stage"] = stage },
                });
            }

            if (mode == 1)
                return world with { Namespaces = new NamespaceReading { Failure = new ApiStatus(403, "Forbidden", "no") } };
            foreach (var (number, name, change) in mode < 6 ? namespaces.DistinctBy(n => n.Name, StringComparer.Ordinal) : [])
                world = world.Namespace(number, change, name);
            return world;
        }));

    private static readonly Gen<(string Sha, string Name, CheckKind Kind, CheckState State)> OneCheck =
        Gen.Select(Commit, Gen.OneOf("build", "test", "lint"), Gen.Enum<CheckKind>(), Gen.Enum<CheckState>());

    private static readonly Gen<(string Sha, string Reason, int Minutes)> OneWait = Gen.Select(
        Commit, Gen.OneOf("WaitingForChecks", "ChecksFailed", "ChecksTimedOut", "ChecksUnknown", ""), Gen.Int[0, 180]);

    private static readonly Gen<Func<World, World>> Checked = Gen.Select(
        OneCheck.Array[0, 9], Gen.Int[0, 8], Commit, OneWait.Array[0, 5])
        .Select((checks, mode, unread, waits) => (Func<World, World>)(world =>
        {
            if (mode < 5)
                return world;
            world = world.Waiting(mode < 7 ? ["build"] : ["build", "test"]);
            foreach (var of in checks.GroupBy(c => c.Sha, StringComparer.Ordinal))
            {
                var results = of.Select((check, at) => new CheckResult(check.Kind, check.Name, at, check.State));
                var problem = of.Key == unread ? "GitHub is away." : null;
                world = world with { Checks = world.Checks.SetItem(of.Key, new CheckReading([.. results], problem)) };
            }

            return world.Status(s => s with
            {
                Environments =
                [
                    .. (s.Environments ?? []).Select((row, at) => at >= waits.Length ? row : row! with
                    {
                        Waiting = new WaitingCommit
                        {
                            HeadSha = waits[at].Sha,
                            Reason = waits[at].Reason,
                            Since = World.Noon - TimeSpan.FromMinutes(waits[at].Minutes),
                        },
                    }),
                ],
            });
        }));

    private static readonly Gen<(int Number, int Minutes, int How)> OneClock = Gen.Select(Number, Gen.Int[-20, 200], Gen.Int[0, 3]);

    private static readonly Gen<Func<World, World>> Idle = Gen.Select(
        OneClock.Array[0, 5], Gen.OneOf<string?>(null, null, "10m", "1h"), Gen.OneOf<string[]>([], ["demo"]), Gen.Int[0, 3])
        .Select((clocks, timeout, keep, steady) => (Func<World, World>)(world =>
        {
            if (timeout is not null)
                world = world.Expiring(timeout, keep);
            if (steady == 0)
                world = world with { ClockSteadySince = world.Now - TimeSpan.FromMinutes(1) };
            foreach (var (number, minutes, how) in clocks)
            {
                var look = world.Look(number, isApproved: how == 1);
                world = how == 3
                    ? world.Ordered(o => o with { Expired = o.Expired.SetItem(number, look) })
                    : world.Idle(number, TimeSpan.FromMinutes(minutes), how == 2 ? "<x>" : look);
            }

            return world;
        }));

    private static readonly Gen<Func<HelmRelease, HelmRelease>> Mark = Gen.OneOf<Func<HelmRelease, HelmRelease>>(
        r => r, r => r.Annotation(OwnerLabels.AsleepAnnotation, "<x>"), r => r.Set("values.replicaCount", 3), r => r.NextGeneration(),
        r => r.Failed("UpgradeFailed").Attempted(r.Metadata.Generation));

    private static readonly Gen<(int Number, string Sha, int How, Func<HelmRelease, HelmRelease> Change)> OneSleeper =
        Gen.Select(Number, Commit, Gen.Int[0, 4], Mark);

    private static readonly Gen<Func<World, World>> Sleepers = Gen.Select(
        OneSleeper.Array[0, 3], Gen.Int[0, 5], Gen.OneOf<string[]>([], ["demo"]), Gen.OneOf<string?>(null, "10m", "1h", "3h"))
        .Select((sleepers, mode, keep, timeout) => (Func<World, World>)(world =>
        {
            if (mode < 3)
                return world;
            world = (mode == 3 ? world.Sleeping() : world.OnWeekdays()).Spec(
                s => s with { Sleep = s.Sleep! with { KeepLabels = keep, IdleTimeout = timeout } });
            if (mode == 5)
                world = world.Commandable();
            foreach (var (number, sha, how, change) in sleepers)
            {
                world = how switch
                {
                    0 => world.Ordered(o => o with { Asleep = o.Asleep.SetItem(number, "2026-03-01T11:30:00Z") }),
                    1 => world.Ordered(o => o with { Kept = o.Kept.SetItem(number, "2026-03-01T12:30:00Z") }),
                    _ => Replaced(world, World.Plain.Has(change(world.Asleep(number, sha).Releases[^1])).Releases[0]),
                };
            }

            return world;
        }));

    private static readonly Gen<(int Number, PullRequestState State)> OneAnswer = Gen.Select(Number, Gen.Enum<PullRequestState>());

    public static Gen<World> Any { get; } = Gen.Select(
            Base, OnePullRequest.Array[0, 5], OneRelease.Array[0, 6], OneRow.Array[0, 5], OneProbe.Array[0, 5], OneAnswer.Array[0, 5],
            Gen.Select(
                Gen.OneOf(
                    Gen.Const((UnavailableReason?)null), Gen.Const((UnavailableReason?)null),
                    Gen.Enum<UnavailableReason>().Select(r => (UnavailableReason?)r)), Talk, Filter, OneReading.Array[0, 6], Namespaced,
                Checked, Idle, Sleepers))
        .Select((world, pullRequests, releases, rows, probes, answers, outside) =>
        {
            foreach (var (number, sha, fork, text, facts) in pullRequests.DistinctBy(p => p.Number))
            {
                world = world.Open(
                    number, sha, p => facts(p with { IsFork = fork, Title = text, HeadBranch = text, Author = text, HtmlUrl = text }));
            }

            foreach (var (number, sha, change) in releases)
                world = Add(world, change(world.Own(number, sha)));
            foreach (var row in rows.DistinctBy(r => r.Number))
                world = world.Row(row.Number, row.Phase, row.Reason, row.Sha);
            foreach (var (number, sha, succeeded, failures, generation) in probes)
            {
                // Nothing was seen of a generation that is yet to come.
                if (world.Releases.Any(r => r.Metadata.Name == ReleaseNaming.NameOf(number) && r.Metadata.Generation >= generation))
                    world = world.Probed(number, succeeded, failures, sha, generation);
            }

            foreach (var (number, state) in answers)
                world = world.Confirmed(number, state);
            foreach (var (number, what) in outside.Item4)
                world = Changing(world, number, what);
            world = outside.Item8(outside.Item7(outside.Item6(outside.Item5(outside.Item2(world).Selecting(outside.Item3)))));
            return outside.Item1 is { } reason ? world.Away(reason) : world;
        });

    private static World Changing(World world, int number, int what) => what switch
    {
        0 => world.FilesUnread(number),
        1 => world.Changing(number),
        2 => world.Changing(number, "docs/a.md"),
        3 => world.Changing(number, "src/a.md"),
        4 => world.Changing(number, "a") with
        {
            Files = world.Files.SetItem(number, new ChangedFiles.Known(["a"], IsComplete: false, [World.B])),
        },
        _ => world.Changing(number, "src/a.cs", "docs/a.md"),
    };

    // A name is taken once in each namespace.
    private static World Add(World world, HelmRelease release) =>
        world.Releases.Any(r => r.Metadata.Namespace == release.Metadata.Namespace && r.Metadata.Name == release.Metadata.Name)
            ? world
            : world.Has(release);

    private static World Replaced(World world, HelmRelease release) => world with
    {
        Releases =
        [
            .. world.Releases.Where(r => r.Metadata.Namespace != release.Metadata.Namespace || r.Metadata.Name != release.Metadata.Name),
            release,
        ],
    };

    private static World Odd(World world, bool forks, int odd)
    {
        var allowed = forks ? world.Forks(odd % 2 == 0 ? "Allow" : "Deny") : world;
        return odd switch
        {
            0 => allowed.Deleted(),
            1 => allowed.Deleted("Orphan"),
            2 => allowed with { Flux = FluxState.NotInstalled },
            3 => allowed.Spec(s => s with { Interval = "1s" }),
            4 => allowed with { WasAsked = false },
            5 => allowed.Status(_ => new PREphemeralEnvControllerStatus()),
            _ => allowed,
        };
    }
}

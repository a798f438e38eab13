using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Soak;

internal sealed partial class SoakWorld
{
    private static readonly int Reasons = Enum.GetValues<UnavailableReason>().Length;

    private static readonly int Verbs = Enum.GetValues<CommandVerb>().Length;

    // In minutes: shorter and longer than sleep and expiry.
    private static readonly int[] Pauses = [5, 10, 29, 31, 49, 51, 180, 1200];

    private static string Commit(int variant, int number) =>
        new string("abcdef01"[variant % 8], 39) + number.ToString(CultureInfo.InvariantCulture);

    private static LabelSet Labels(int variant) => (variant % 4) switch
    {
        0 => LabelSet.None,
        1 => new LabelSet(["wip"]),
        2 => new LabelSet(["keep"]),
        _ => new LabelSet(["demo"]),
    };

    private bool IsOpen(int number) => GitHub.PullRequests.Any(p => p.Number == number);

    private string Head(int number) => GitHub.PullRequests.First(p => p.Number == number).HeadSha;

    private void Open(int number, int variant)
    {
        GitHub.Files[number] = variant % 4 == 0 ? ["docs/a.md"] : ["src/a.cs"];
        Story.Open(number, Commit(variant, number), p => p with { Labels = LabelSet.None, IsDraft = false, IsFork = variant >= 6 });
    }

    private Command Command(int number, int variant)
    {
        var verb = (CommandVerb)(variant % Verbs);
        return new Command(number, ++_lastCommand, verb, null, Story.Now)
        {
            Time = verb == CommandVerb.Keep ? TimeSpan.FromHours(2) : null,
        };
    }

    private void Fail(int variant, int code, bool done)
    {
        for (var i = 0; i <= variant % 4; i++)
            _faults.Enqueue((code, done));
    }

    private HelmRelease? Of(int number) =>
        Story.Cluster.Releases.FirstOrDefault(
            r => r.Metadata.Name == ReleaseNaming.NameOf(number) && r.Metadata.Label(OwnerLabels.Uid) != "uid-other");

    private bool Hand(int number, Func<HelmRelease, HelmRelease> change)
    {
        if (Of(number) is not { Metadata.DeletionTimestamp: null } release)
            return false;
        Story.Cluster.Change(release, change);
        return true;
    }

    // Who deletes a suspended release by hand gets what Flux does then.
    private bool Remove(int number)
    {
        if (Of(number) is not { Metadata.DeletionTimestamp: null, Spec.Suspend: not true } release)
            return false;
        Story.Cluster.Run(new PlannedAction.Delete(number, release.Metadata.Key, release.Metadata.Uid, false, null), Story.Now);
        return true;
    }

    private bool AddForeign(int number)
    {
        var foreign = World.Plain.Own(number, World.A).OfAnother().Suspended().Meta(m => m with { Uid = "foreign-" + m.Name });
        if (Story.Cluster.Find(foreign.Metadata.Key) is not null)
            return false;
        Witness.AddForeign(foreign);
        return true;
    }

    private void Jump(int variant)
    {
        Story.Pass(variant < 2 ? TimeSpan.FromMinutes(-2) : TimeSpan.FromHours(variant));
        Controller.ClockSteadySince = Story.Now;
    }

    private void Restart()
    {
        Witness.Excuses++;
        TakeOver();
        Controller.Restart();
    }

    private void Limit(int most)
    {
        Witness.MostAllowed = most;
        Controller.Edit(s => s with { Limits = new Limits { MaxEnvironments = most } });
    }

    private void Helm(Func<EnvCreationHelmRepo, EnvCreationHelmRepo> change) =>
        Controller.Edit(s => s with { EnvCreationHelmRepo = change(s.EnvCreationHelmRepo!) });
}

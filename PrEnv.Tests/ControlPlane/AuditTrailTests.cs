using System.Globalization;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.ControlPlane;

/// <summary>The rule by which two leaders at once are found, on logs that were written for it.</summary>
[TestFixture]
internal sealed class AuditTrailTests
{
    private const string Release = """{"resource":"helmreleases","namespace":"envs","name":"relpr-1"}""";
    private const string Resource = """{"resource":"prephemeralenvcontrollers","namespace":"default","name":"shop"}""";

    [Test]
    public void Trespasses_WriteBeforeBetweenAndAfterTerms_AreFound()
    {
        var trail = AuditTrail.Read(
            Write("b", 0, 1) + Take("a", "A", 10) + Write("a", 11, 12) + Write("b", 13, 14) + Take("b", "B", 20) + Write("b", 21, 22)
            + Write("a", 23, 24));

        Assert.That(trail.Trespasses(), Has.Exactly(3).Items);
        Assert.That(
            trail.Trespasses(trail.Attempts, TimeSpan.Zero).Select(w => (w.User, w.Begin.Second)),
            Is.EqualTo(((string, int)[])[("b", 0), ("b", 13), ("a", 23)]));
    }

    [Test]
    public void Trespasses_ArrivedInTimeAndAnsweredLate_DependsOnThePatience()
    {
        var trail = AuditTrail.Read(Take("a", "A", 10) + Write("a", 18, 25) + Take("b", "B", 20));

        Assert.Multiple(() =>
        {
            Assert.That(trail.Trespasses(trail.Attempts, TimeSpan.FromSeconds(4)).ToList(), Is.Not.Empty, "it took 4 s and a little more");
            Assert.That(trail.Trespasses(trail.Attempts, TimeSpan.FromSeconds(5)).ToList(), Is.Empty);
        });
    }

    [Test]
    public void Trespasses_AfterARelease_AreFoundHoweverPatient()
    {
        var trail = AuditTrail.Read(Take("a", "A", 10) + Take("a", "", 20) + Write("a", 22, 23));

        Assert.That(trail.Trespasses(trail.Attempts, TimeSpan.FromMinutes(1)).ToList(), Has.Exactly(1).Items);
    }

    [Test]
    public void Attempts_RequestForAReconcile_IsAnyones()
    {
        const string Asks = $$$"""{"metadata":{"uid":"1","annotations":{"{{{PREphemeralEnvController.ReconcileRequestAnnotation}}}":"x"} } }""";
        const string More = """{"metadata":{"annotations":{"other":"x"}}}""";
        const string Status = """{"status":{"message":"Ready"}}""";
        var trail = AuditTrail.Read(
            Entry("b", Resource, 1, 2, Asks) + Entry("b", Resource, 3, 4, More) + Entry("b", Resource, 5, 6, Status)
            + Entry("b", Resource, 7, 8, """[{"op":"add"}]"""));

        Assert.That(trail.Attempts.Select(w => w.Begin.Second), Is.EqualTo((int[])[3, 5, 7]));
    }

    [Test]
    public void Attempts_RefusedUnread_CountUnlessTheyMayBeAnyones()
    {
        const string Lease = """{"resource":"leases","namespace":"prenv-system","name":"prenv-controller"}""";
        var trail = AuditTrail.Read(
            Entry("b", Resource, 1, 2, code: 403) + Entry("b", Lease, 3, 4, code: 403) + Entry("b", Release, 5, 6, code: 403));

        Assert.That(trail.Attempts.Select(w => w.Begin.Second), Is.EqualTo((int[])[5]));
    }

    private static string Take(string user, string holder, int second) => Entry(
        user, """{"resource":"leases","namespace":"prenv-system","name":"prenv-controller"}""", second, second,
        holder.Length > 0 ? $$$"""{"spec":{"holderIdentity":"{{{holder}}}"}}""" : """{"spec":{}}""");

    private static string Write(string user, int from, int to) => Entry(user, Release, from, to);

    private static string Entry(string user, string target, int from, int to, string? body = null, int code = 200) =>
        $$"""{"verb":"patch","user":{"username":"{{user}}"},"objectRef":{{target}},"responseStatus":{"code":{{code}}},"""
        + $$""" "requestReceivedTimestamp":"{{At(from)}}","stageTimestamp":"{{At(to)}}" """
        + (body is null ? "" : $",\"requestObject\":{body}") + "}\n";

    private static string At(int second) =>
        DateTimeOffset.UnixEpoch.AddSeconds(second).ToString("O", CultureInfo.InvariantCulture);
}

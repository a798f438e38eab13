using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>What the comment says of a head commit that waits for its checks while an older one stays installed.</summary>
internal sealed class CheckCommentTests
{
    private static readonly World Pushed = World.Fluxed.Commenting().Waiting("build", "test")
        .Release(22, change: r => r.Ready().PostedReady()).Row(22, "Ready", "EnvReady").Open(22, World.B);

    [Test]
    public void Comment_OfACommitThatWaits_SaysForWhat() => Assert.That(
        CommentOf(Pushed.Checked(World.B, ("build", CheckState.Passed)))!.Body,
        Does.Contain(": ready").And.Contain("Commit bbbbbbb will be installed once check test has succeeded."));

    [Test]
    public void Comment_OfAnotherWait_IsEdited()
    {
        var waiting = CommentOf(Pushed.Checked(World.B))!;
        var one = CommentOf(Pushed.Checked(World.B, ("build", CheckState.Passed)))!;
        var failed = CommentOf(Pushed.Checked(World.B, ("test", CheckState.Failed)))!;

        Assert.That((string[])[waiting.Key, one.Key, failed.Key], Is.Unique);
        Assert.That(CommentOf(Pushed.Checked(World.B, ("build", CheckState.Running)))!.Key, Is.EqualTo(waiting.Key));
    }

    [Test]
    public void Comment_WhileTheChecksCannotBeRead_StaysAsItIs() => Assert.That(CommentOf(Pushed.ChecksUnread(World.B)), Is.Null);

    [Test]
    public void Comment_OnAnEnvironmentThatGoes_PromisesNoCommit()
    {
        var leaving = World.Fluxed.Commenting().Waiting("build").Selecting(s => s with { Authors = ["nobody"] }).Open(22, World.B)
            .Release(22, change: r => r.Ready().Annotation(OwnerLabels.CommentAnnotation, """{"id":7,"key":"x"}""")).Checked(World.B);

        Assert.That(CommentOf(leaving)!.Body, Does.Contain("being removed").And.Not.Contain("will be installed"));
    }

    private static CommentReport? CommentOf(World world) => world.Plan().Environments.Single().Comment;
}

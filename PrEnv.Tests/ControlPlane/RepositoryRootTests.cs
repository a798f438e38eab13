using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.ControlPlane;

[TestFixture]
internal sealed class RepositoryRootTests
{
    [Test]
    public void Path_FromTheTestAssembly_HoldsTheScripts()
    {
        Assert.That(RepositoryRoot.Combine("hack", "kube-run.sh"), Does.Exist);
    }

    [Test]
    public void FindFrom_OutsideTheTree_SaysWhatIsMissing()
    {
        Assert.That(
            () => RepositoryRoot.FindFrom(Path.GetPathRoot(RepositoryRoot.Path)!),
            Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("PrEnv.sln"));
    }
}

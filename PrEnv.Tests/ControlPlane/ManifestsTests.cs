using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.ControlPlane;

internal sealed class ManifestsTests
{
    [Test]
    public void Files_OfAFolder_AreItsManifestsByName()
    {
        using var folder = new TemporaryDirectory();
        foreach (var name in (string[])["b.yaml", "kustomization.yaml", "a.yaml", "README.md"])
            File.WriteAllText(Path.Combine(folder.Path, name), "");

        Assert.That(Manifests.Files(folder.Path).Select(Path.GetFileName), Is.EqualTo(["a.yaml", "b.yaml"]));
    }

    [Test]
    public void Files_FolderIsNotThere_IsAnError() =>
        Assert.That(
            () => Manifests.Files(Path.Combine(RepositoryRoot.Combine("crds"), "nowhere")),
            Throws.InstanceOf<DirectoryNotFoundException>());

    [Test]
    public void Files_FolderWithoutManifests_IsAnError()
    {
        using var folder = new TemporaryDirectory();

        Assert.That(() => Manifests.Files(folder.Path), Throws.InstanceOf<FileNotFoundException>().With.Message.Contains(folder.Path));
    }
}

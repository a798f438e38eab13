using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Cluster;

/// <summary>Flux's CustomResourceDefinitions: the real ones where somebody put them beside the repository, else our own outline of them.</summary>
internal static class FluxDefinitions
{
    /// <summary>The folder to apply, and what it holds, for people.</summary>
    public static (string Folder, string Description) Locate()
    {
        var real = RepositoryRoot.Combine("..", "shared", "flux-crds");
        return Directory.Exists(real)
            ? (real, "Flux's own definitions")
            : (RepositoryRoot.Combine("PrEnv.Tests", "TestData", "flux-minimal"), "the minimal definitions of Flux's kinds in PrEnv.Tests/TestData/flux-minimal");
    }
}

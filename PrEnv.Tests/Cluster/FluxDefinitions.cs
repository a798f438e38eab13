using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Cluster;

/// <summary>
/// Flux's CustomResourceDefinitions: the real ones where somebody put them beside the repository, else our own outline of them.
/// </summary>
internal static class FluxDefinitions
{
    /// <summary>The folder to apply, and what it holds, for people.</summary>
    public static (string Folder, string Description) Locate()
    {
        var real = RepositoryRoot.Combine("..", "shared", "flux-crds");
        return Directory.Exists(real)
            ? (real, "Flux's own definitions")
            : (HelmControllerDouble.DefinitionsFolder, "the minimal definitions of Flux's kinds in PrEnv.Sandbox/Flux/Definitions");
    }
}

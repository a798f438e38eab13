using System.Runtime.InteropServices;

namespace PrEnv.Sandbox.Flux;

/// <summary>Which HelmRelease.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReleaseKey(string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}/{Name}";
}

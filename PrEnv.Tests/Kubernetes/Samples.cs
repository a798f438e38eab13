using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Kubernetes;

/// <summary>Objects as the server shows them, and as the planner asks for them.</summary>
internal static class Samples
{
    public const string OwnerUid = "owner-1";

    public static string Release(
        string name = "relpr-22", string uid = "uid-1", string version = "7", string metadata = "", string more = "") =>
        $$$"""{"metadata":{"namespace":"envs","name":"{{{name}}}","uid":"{{{uid}}}","resourceVersion":"{{{version}}}"{{{metadata}}}}{{{more}}}}""";

    public static string Line(string type, string json) => $$"""{"type":"{{type}}","object":{{json}}}""" + "\n";

    public static string Failure(int code, string reason, string message = "No.", string details = "{}") =>
        $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"{{message}}","reason":"{{reason}}","code":{{code}},"details":{{details}}}""";

    public static DesiredRelease Desired(string ns = "envs", string name = "relpr-22", string ownerUid = OwnerUid, string sha = "0123") =>
        new()
        {
            Key = new ResourceKey(ns, name),
            Labels = ImmutableSortedDictionary<string, string>.Empty
            .Add(OwnerLabels.ManagedBy, OwnerLabels.Manager)
            .Add(OwnerLabels.Name, "owner")
            .Add(OwnerLabels.Namespace, ns)
            .Add(OwnerLabels.Uid, ownerUid)
            .Add(OwnerLabels.PrNumber, "22"),
            Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(OwnerLabels.HeadShaAnnotation, sha),
            Spec = ReleaseExtensions.Spec($$$"""
                {
                  "interval": "5m", "releaseName": "{{{name}}}",
                  "chart": {"spec": {
                    "chart": "./chart", "version": "0.1.0",
                    "sourceRef": {"kind": "GitRepository", "name": "source", "namespace": "flux-system"} } },
                  "values": {"prNumber": 22, "prSHA": "{{{sha}}}"}
                }
                """),
        };

    public static PREphemeralEnvController Resource(string uid = OwnerUid, string version = "5", params string[] finalizers) => new()
    {
        Metadata = new ObjectMeta { Namespace = "envs", Name = "owner", Uid = uid, ResourceVersion = version, Finalizers = finalizers },
    };
}

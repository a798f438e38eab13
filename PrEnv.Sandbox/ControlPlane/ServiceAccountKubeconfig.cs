using k8s;
using k8s.Autorest;
using k8s.KubeConfigModels;
using k8s.Models;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>
/// Makes kubeconfigs that have a service account's rights, so that a program outside the cluster runs with the rights it has inside.
/// </summary>
internal static class ServiceAccountKubeconfig
{
    private const long LifetimeInSeconds = 8 * 60 * 60;

    /// <summary>
    /// Creates the account if it is not there, asks for a token that is good for eight hours, and writes a kubeconfig with it.
    /// </summary>
    /// <param name="client">May create accounts and their tokens.</param>
    /// <param name="adminKubeconfig">Whose current cluster the new file points at.</param>
    /// <param name="ns">The account's namespace, which must exist; also the new context's default.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="path">The file to write, readable by this user only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(
        IKubernetes client, string adminKubeconfig, string ns, string name, string path, CancellationToken cancellationToken = default)
    {
        await EnsureAccountAsync(client, ns, name, cancellationToken);
        var request = new Authenticationv1TokenRequest
        {
            Spec = new V1TokenRequestSpec { Audiences = [], ExpirationSeconds = LifetimeInSeconds },
        };
        var token = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, name, ns, cancellationToken: cancellationToken);

        var config = await KubernetesClientConfiguration.LoadKubeConfigAsync(adminKubeconfig);
        var context = config.Contexts.Single(c => c.Name == config.CurrentContext);
        context.ContextDetails.User = name;
        context.ContextDetails.Namespace = ns;
        config.Contexts = [context];
        config.Users = [new User { Name = name, UserCredentials = new UserCredentials { Token = token.Status.Token } }];
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(KubernetesYaml.Serialize(config).AsMemory(), cancellationToken);
    }

    private static async Task EnsureAccountAsync(IKubernetes client, string ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            var account = new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = name } };
            await client.CoreV1.CreateNamespacedServiceAccountAsync(account, ns, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            // It was there already, which is as good.
        }
    }
}

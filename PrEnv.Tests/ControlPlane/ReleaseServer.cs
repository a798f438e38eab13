using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.ControlPlane;

/// <summary>Serves programs that do nothing as dl.k8s.io and etcd's releases serve theirs, whatever the version.</summary>
internal static class ReleaseServer
{
    private static readonly string[] Architectures = ["arm64", "amd64"];

    /// <param name="spoiled">The file whose content is not what its checksum says; null for none.</param>
    /// <param name="missing">The file that is not there; null for none.</param>
    public static Task<LocalServer> StartAsync(string? spoiled = null, string? missing = null) => LocalServer.StartAsync(async context =>
    {
        // /kubernetes/v1.2.3/bin/linux/amd64/NAME or /etcd/v1.2.3/NAME
        var path = context.Request.Path.Value!.Split('/');
        var (version, name) = (path[2], path[^1]);
        if (name == missing)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var content = Content(version, name);
        if (name == spoiled)
            content[^1] ^= 1;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    });

    private static byte[] Content(string version, string name) => name switch
    {
        "SHA256SUMS" => Encoding.UTF8.GetBytes(string.Concat(
            Architectures.Select(a => $"etcd-{version}-linux-{a}.tar.gz").Select(n => $"{Sum(Archive(n))}  {n}\n"))),
        _ when name.EndsWith(".sha256", StringComparison.Ordinal) => Encoding.UTF8.GetBytes(Sum(Program(version))),
        _ when name.EndsWith(".tar.gz", StringComparison.Ordinal) => Archive(name),
        _ => Program(version),
    };

    private static byte[] Program(string version) => Encoding.UTF8.GetBytes($"#!/bin/sh\necho 'Kubernetes {version}'\n");

    private static byte[] Archive(string name)
    {
        var folder = name[..^".tar.gz".Length];
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, folder + "/etcd")
            {
                DataStream = new MemoryStream(Program("etcd")),
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
        }

        return bytes.ToArray();
    }

    private static string Sum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}

# The controller, compiled for its architecture in advance, on a base without shell or package manager.
#
# DOTNET_IMAGES is where .NET's images come from, Microsoft's registry or a mirror of it: the part before /sdk and /aspnet.
# docker build --build-arg DOTNET_IMAGES=... -t prenv-controller:0.1.0 .
# `dotnet publish PrEnv.Controller --os linux --arch amd64 /t:PublishContainer` makes the same image without Docker, and knows the registry by itself.
ARG DOTNET_IMAGES

# It compiles for every architecture, so it need not be emulated.
FROM --platform=$BUILDPLATFORM ${DOTNET_IMAGES}/sdk:10.0 AS build
# Docker's names, which dotnet knows: amd64 and arm64.
ARG TARGETARCH
WORKDIR /src
# Restored in a layer of its own: it changes when packages do, not with every line of code.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY PrEnv.Core/PrEnv.Core.csproj PrEnv.Core/packages.lock.json PrEnv.Core/
COPY PrEnv.Controller/PrEnv.Controller.csproj PrEnv.Controller/Runtime.props PrEnv.Controller/packages.lock.json PrEnv.Controller/
RUN dotnet restore PrEnv.Controller --arch $TARGETARCH --locked-mode
COPY PrEnv.Core PrEnv.Core
COPY PrEnv.Controller PrEnv.Controller
RUN dotnet publish PrEnv.Controller --configuration Release --arch $TARGETARCH --no-restore --output /app

# -extra has the database of time zones, which spec.sleep.awake needs.
FROM ${DOTNET_IMAGES}/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
# The base asks for a server on 8080, which is the metrics endpoint's to decide; and diagnostics need a writable /tmp.
ENV ASPNETCORE_HTTP_PORTS="" \
    DOTNET_EnableDiagnostics=0
# Metrics, health, the page, webhooks.
EXPOSE 8080 8081 8082 9292
# The base's user app, as a number: only so can Kubernetes see that it is not root.
USER 1654
ENTRYPOINT ["dotnet", "/app/prenv.dll"]
CMD ["run"]

# docker build -t fairmedl . && docker run -p 8080:8080 -v fairmedl-data:/data fairmedl
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish FairMedl.Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && mkdir /data && chown "$APP_UID" /data
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_URLS=http://+:8080 Storage__Folder=/data
EXPOSE 8080
VOLUME /data
USER $APP_UID
HEALTHCHECK --start-period=10s CMD curl --fail --silent http://localhost:8080/health || exit 1
ENTRYPOINT ["dotnet", "FairMedl.Web.dll"]

namespace LienThong.Server.Api;

/// <summary>The REST API.</summary>
internal static class ApiEndpoints
{
    public static void AddApi(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapApi(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}

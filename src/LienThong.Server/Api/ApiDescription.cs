using LienThong.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LienThong.Server.Api;

/// <summary>Title, security scheme and permission of each operation in the OpenAPI document.</summary>
internal sealed class ApiDescription : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "LienThong REST API",
            Version = "v1",
            Description = "Packages in, records, findings and receipts out. Errors are problem details (RFC 9457) with a stable `code`. Lists are paged by key: pass `next` as `after`.",
        };
        // Whatever address the document was fetched from: paths are relative to it.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Schemes.Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "Bearer token of a system, in the header `Authorization: Bearer <token>`.",
        };
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
            return Task.CompletedTask;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Schemes.Bearer, context.Document)] = [] }];
        string[] permissions = [.. metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>()];
        if (permissions.Length > 0)
            operation.Description = $"{operation.Description} Permission: `{string.Join("`, `", permissions)}`.".Trim();
        return Task.CompletedTask;
    }
}

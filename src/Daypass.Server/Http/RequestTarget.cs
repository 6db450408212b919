using Microsoft.AspNetCore.Http.Features;

namespace Daypass.Server.Http;

/// <summary>Path and query exactly as the request line had them: what is signed, and what decides.</summary>
internal static class RequestTarget
{
    public static string Of(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
}

using Daypass.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts Daypass in front of a service.</summary>
public static class DaypassApplication
{
    /// <summary>
    /// Authenticates every request that comes after this point of the pipeline, and refuses the ones whose signature is not good. Unsigned
    /// requests pass as anonymous: what they may do, <c>RequireAction</c> says. Bodies are verified while the service reads them:
    /// a read throws <see cref="Daypass.Signing.PayloadException"/>, before the last byte is given out, if the body is not the signed one.
    /// </summary>
    public static IApplicationBuilder UseDaypass(this IApplicationBuilder app) => app.UseMiddleware<DaypassMiddleware>();
}

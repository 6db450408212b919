using Daypass.AspNetCore.Requests;
using Daypass.Signing;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore;

/// <summary>Authenticates every request before the service sees it, and writes the refusals: its own, and those the service throws.</summary>
internal sealed class DaypassMiddleware(RequestDelegate next, Authenticator authenticator, IOptions<DaypassOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            var (caller, refusal) = await authenticator.AuthenticateAsync(context);
            if (caller is null)
            {
                await RefuseAsync(context, refusal!);
                return;
            }
            context.Features.Set(caller);
            await next(context);
        }
        catch (DaypassException failure)
        {
            await RefuseAsync(context, failure.Refusal);
        }
        catch (PayloadException failure)
        {
            await RefuseAsync(context, Refusals.Of(failure));
        }
    }

    private async Task RefuseAsync(HttpContext context, DaypassRefusal refusal)
    {
        // An answer that has begun cannot be taken back; cut off it is at least not taken for whole.
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.Clear();
        // Who asked "Expect: 100-continue" (boto3 does with every upload) and is refused sends no body, so whatever comes next on this
        // connection would be taken for it.
        if (context.Request.Headers.Expect.Count > 0 && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        await options.Value.WriteRefusal(context, refusal);
    }
}

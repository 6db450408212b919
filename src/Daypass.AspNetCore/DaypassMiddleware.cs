using Daypass.AspNetCore.Reporting;
using Daypass.AspNetCore.Requests;
using Daypass.AspNetCore.Uproject;
using Daypass.Signing;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore;

/// <summary>Authenticates every request before the service sees it, and writes the refusals: its own, and those the service throws.</summary>
internal sealed class DaypassMiddleware(RequestDelegate next, Authenticator authenticator, EventRecorder recorder, IOptions<DaypassOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        DaypassCaller? caller = null;
        DaypassRefusal? failure = null;
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            (caller, failure) = await authenticator.AuthenticateAsync(context);
            if (caller is not null)
            {
                context.Features.Set(caller);
                failure = await ServeAsync(context);
            }
            if (failure is not null)
                await RefuseAsync(context, failure);
            status = context.Features.Get<UprojectExchange>()?.Status ?? context.Response.StatusCode;
        }
        catch (PayloadException fault) when (caller is null)
        {
            await RefuseAsync(context, Refusals.Of(fault));
        }
        finally
        {
            if (caller is { IsAnonymous: false })
                recorder.Finish(context, caller, status, failure);
        }
    }

    /// <summary>Lets the service work. Null, or the refusal that it ended with.</summary>
    private async Task<DaypassRefusal?> ServeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            return null;
        }
        catch (DaypassException failure)
        {
            return failure.Refusal;
        }
        catch (PayloadException failure)
        {
            return Refusals.Of(failure);
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
        await (context.Features.Get<UprojectExchange>() is { } exchange ? exchange.RefuseAsync(context, refusal) : options.Value.WriteRefusal(context, refusal));
    }
}

using System.Text.Json;
using Daypass.AspNetCore.Reporting;
using Daypass.Names;
using Daypass.Signing;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Uproject;

/// <summary>One path of an API: finds the action, asks whether the caller may, has it done, answers.</summary>
internal sealed class UprojectEndpoint(UprojectApi api, UprojectAuthenticator authenticator, IOptions<UprojectOptions> options, ILogger<UprojectEndpoint> logger)
{
    public async Task HandleAsync(HttpContext http)
    {
        if (http.Features.Get<UprojectCall>() is not { } call)
            call = await ReadProvenAsync(http);
        var exchange = http.Features.Get<UprojectExchange>()!;
        try
        {
            var action = api.Find(call.Action) ?? throw new UprojectException(RetCodes.UnknownAction, $"Action [{EventText.Plain(call.Action, 64)}] not exists");
            action.RefuseForeign(call);
            await RequireAsync(http, action, call);
            var answer = await action.Handler(call);
            await exchange.AnswerAsync(http, answer is null ? default : PayloadOf(answer));
        }
        catch (UprojectException failure)
        {
            await exchange.FailAsync(http, failure.RetCode, failure.Message);
        }
        catch (Exception failure) when (failure is not (DaypassException or PayloadException or OperationCanceledException) && !http.Response.HasStarted)
        {
            // No client of this API reads an answer with another status than 200.
            Log.HandlerFailed(logger, call.Action, failure);
            await exchange.FailAsync(http, RetCodes.Failure, "Internal error");
        }
    }

    // Signature V4 has proven it, body and all: only the form is left to read.
    private async ValueTask<UprojectCall> ReadProvenAsync(HttpContext http)
    {
        if (http.GetDaypassCaller().IsAnonymous)
            throw new DaypassException(Refusals.Of(SigningErrors.Missing));
        http.Features.Set(new UprojectExchange(options.Value.UrnPrefix));
        var (request, refusal) = await authenticator.ReadAsync(http);
        if (refusal is not null)
            throw new DaypassException(refusal);
        var call = new UprojectCall(http, request!, isDelimited: true);
        http.Features.Set(call);
        http.GetDaypassCaller().ProjectId = UprojectCall.ProjectOf(request!);
        return call;
    }

    private static JsonElement PayloadOf(object answer) =>
        JsonSerializer.SerializeToElement(answer, answer.GetType()) is { ValueKind: JsonValueKind.Object } payload
            ? payload
            : throw new InvalidOperationException("A handler's answer must be an object: its properties are those of the answer.");

    // The API is one for all companies: whose a resource is, its name says.
    private ValueTask RequireAsync(HttpContext http, UprojectAction action, UprojectCall call)
    {
        var resource = action.Resource(call);
        var urn = Urn.TryParse(resource, out var parsed, options.Value.UrnPrefix) ? parsed : null;
        return http.RequireAction(action.Permission, urn?.ToArn().ToString() ?? resource, urn?.AccountId);
    }
}

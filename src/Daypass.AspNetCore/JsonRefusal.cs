using System.Text.Json;

namespace Daypass.AspNetCore;

/// <summary>The format of refusals for services that bring none: that of AWS's JSON services.</summary>
internal static class JsonRefusal
{
    public static async Task WriteAsync(HttpContext context, DaypassRefusal refusal)
    {
        var response = context.Response;
        response.StatusCode = refusal.Status;
        response.ContentType = "application/json";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("__type", refusal.Code);
        json.WriteString("message", refusal.Message);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}

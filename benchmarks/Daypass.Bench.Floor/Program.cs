using System.Buffers;
using System.Globalization;
using Daypass.Bench.Floor;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// The floor: what this machine, Kestrel and the load tool do when nothing is computed. It reads the body and answers 1 KB. With a file and
// a number of bytes it also makes that many bytes durable before each answer, many requests to one flush, as the audit journal does.
//   Daypass.Bench.Floor PORT [FILE BYTES]
var port = int.Parse(args[0], CultureInfo.InvariantCulture);
using var flush = args.Length > 1 ? new GroupFlush(args[1], int.Parse(args[2], CultureInfo.InvariantCulture)) : null;
var answer = new byte[1024];
Array.Fill(answer, (byte)'x');

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1);
});
await using var app = builder.Build();
app.Run(async context =>
{
    var reader = context.Request.BodyReader;
    var read = await reader.ReadAsync(context.RequestAborted);
    while (!read.IsCompleted)
    {
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        read = await reader.ReadAsync(context.RequestAborted);
    }
    reader.AdvanceTo(read.Buffer.End);
    if (flush is not null)
        await flush.WriteAsync();
    var response = context.Response;
    response.ContentType = "text/xml";
    response.ContentLength = answer.Length;
    response.BodyWriter.Write(answer);
    await response.BodyWriter.FlushAsync(context.RequestAborted);
});
await app.RunAsync();

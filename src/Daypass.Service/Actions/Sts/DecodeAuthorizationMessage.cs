using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Why a request was refused, from the message that the refusal carried: for the account that was refused, and for the one that owns the
/// resource, each as much as is its own. For everybody else it is no message at all.
/// </summary>
internal sealed class DecodeAuthorizationMessage : ApiAction<DecodeAuthorizationMessage.Request, DecodeAuthorizationMessage.Response>
{
    internal sealed record Request(string EncodedMessage);

    internal sealed record Response(string DecodedMessage) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("DecodedMessage", DecodedMessage);
    }

    public override bool IsReadOnly => true;

    // Ten thousand characters that say nothing to whoever reads the trail.
    public override IReadOnlyList<string> SecretParameters => ["EncodedMessage"];

    public override Request Read(Parameters wire) => new(wire.RequiredText("EncodedMessage", TextRules.EncodedMessage));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("sts:DecodeAuthorizationMessage", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        if (scene.Vault.OpenMessage(request.EncodedMessage, scene.Now) is not { } opened
            || opened.Message.Denial.TextFor(scene.Caller.Account) is not { } text
            || ReportedMessage.Of(text, opened) is not { } decoded)
            throw Errors.InvalidAuthorizationMessage();
        return new(new Response(decoded));
    }
}

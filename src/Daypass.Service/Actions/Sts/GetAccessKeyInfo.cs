using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// The account of an access key id, of this installation or not, whether there is such a key or not: the id itself says it. Ids of another
/// shape are known only where they were brought in.
/// </summary>
internal sealed class GetAccessKeyInfo : ApiAction<GetAccessKeyInfo.Request, GetAccessKeyInfo.Response>
{
    // In the model of STS the pattern has a star, in IAM's a plus.
    private static readonly TextRule IdRule = TextRules.AccessKeyId with { Pattern = @"[\w]*" };

    internal sealed record Request(string AccessKeyId);

    internal sealed record Response(string Account) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("Account", Account);
    }

    public override Request Read(Parameters wire) => new(wire.RequiredText("AccessKeyId", IdRule));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("sts:GetAccessKeyInfo", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        scene.Installation.TryFindAccountOf(request.AccessKeyId, out var account) || AccessKeyId.TryGetAccount(request.AccessKeyId, out account)
            ? new(new Response(account.ToString()))
            : throw Errors.ValidationError($"The access key id '{request.AccessKeyId}' names no account.");
}

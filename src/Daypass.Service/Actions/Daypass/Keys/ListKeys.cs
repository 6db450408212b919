using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Keys;

/// <summary>The keys of the installation's rings, and the fingerprint of the master key that this node would seal them under.</summary>
internal sealed class ListKeys : ApiAction<ListKeys.Request, ListKeys.Response>
{
    internal sealed record Request;

    internal sealed record Response(IReadOnlyList<KeyShape> Keys, string MasterKey) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Keys", Keys);
            writer.Text("MasterKey", MasterKey);
        }
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:ListKeys", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        KeyRules.RequireOperator(scene);
        var keys = KeyRules.All(scene).OrderBy(key => key.Purpose, StringComparer.Ordinal).ThenByDescending(key => key.Created);
        return new Outcome<Response>(new Response([.. keys.Select(key => new KeyShape(key))], KeyRules.Show(scene.Vault.Master.Current.Newest)));
    }
}

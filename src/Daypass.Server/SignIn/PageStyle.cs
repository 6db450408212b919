using System.Security.Cryptography;
using System.Text;

namespace Daypass.Server.SignIn;

/// <summary>How the sign-in pages look, in the page itself; the Content-Security-Policy allows exactly this text and no other style.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--back:#f5f6f8;--card:#fff;--text:#1b1f24;--quiet:#59636e;--line:#d7dce2;--mark:#0b5cd6;--note:#fff7df;--note-line:#e6d49b}
        @media(prefers-color-scheme:dark){:root{--back:#0f1216;--card:#181c22;--text:#e7ebf0;--quiet:#9aa5b1;--line:#303842;--mark:#76adff;--note:#2a2514;--note-line:#544a22}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
        main{max-width:44rem;margin:0 auto;padding:clamp(1.5rem,6vw,4rem) 1rem 4rem}
        .product{margin:0 0 1.5rem;color:var(--quiet);font-size:.875rem;font-weight:600;letter-spacing:.02em}
        h1{margin:0 0 .5rem;font-size:1.75rem;line-height:1.2;letter-spacing:-.01em}
        h2{margin:2rem 0 .5rem;font-size:1rem}
        p{margin:0 0 .75rem}
        .quiet{color:var(--quiet)}
        .wrap{overflow-wrap:anywhere}
        .note{margin:1.25rem 0 0;padding:.75rem 1rem;background:var(--note);border:1px solid var(--note-line);border-radius:.5rem}
        ul{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:.75rem;overflow:hidden}
        li+li{border-top:1px solid var(--line)}
        button{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.125rem 1rem;width:100%;min-height:3.25rem;padding:.875rem 1rem;border:0;background:none;color:inherit;font:inherit;text-align:left;cursor:pointer}
        button:hover{background:color-mix(in srgb,var(--mark) 8%,transparent)}
        button:focus-visible,pre:focus-visible{outline:3px solid var(--mark);outline-offset:-3px}
        button b{overflow-wrap:anywhere;font-weight:600;color:var(--mark)}
        button span{color:var(--quiet);font-size:.875rem}
        pre{margin:0;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;font:.8125rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre;overflow-x:auto;user-select:all;-webkit-user-select:all}
        """;

    /// <summary>What <c>style-src</c> says.</summary>
    public static readonly string Source = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";
}

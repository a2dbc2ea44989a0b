namespace ClusterSurvey.Activities.Report;

/// <summary>The style of the page: light and dark, screen, phone and print. Series colours after Okabe and Ito (2008).</summary>
public static class Stylesheet
{
    internal const string Light = """
        --bg:#fff; --ink:#1a1c1f; --soft:#55595f; --line:#d4d7dc; --faint:#eceef1; --panel:#f6f7f9; --link:#00568a;
        --main:#0072b2; --main2:#9ccae6; --main3:#d3e8f5; --second:#00785a; --truth:#c44e00; --null:#6b7077; --wide:#8a9099; --masked:#a9adb2;
        --ok:#00664b; --warn:#8a4b00; --bad:#a3122b; --okbg:#e2f4ed; --warnbg:#fdf0dc; --badbg:#fbe4e6; --notebg:#e8f0f8;
        """;

    private const string Dark = """
        --bg:#14171b; --ink:#e8eaed; --soft:#abb1b9; --line:#3b4149; --faint:#272c33; --panel:#1b1f25; --link:#83c5f2;
        --main:#5bb0e8; --main2:#2c6c99; --main3:#1f4560; --second:#4fd1a8; --truth:#ff9a5a; --null:#a2a9b2; --wide:#7d858f; --masked:#4a5058;
        --ok:#6fd3b0; --warn:#f3b968; --bad:#ff8f9d; --okbg:#14332a; --warnbg:#3a2c14; --badbg:#42191f; --notebg:#1b2c3d;
        """;

    /// <summary>The whole sheet.</summary>
    public static string Text { get; } = $":root{{{Light}}}\n@media (prefers-color-scheme:dark){{:root:not(.light){{{Dark}}}}}\n:root.dark{{{Dark}}}\n" + Rules + Drawings + Narrow + Print.Replace("LIGHT", Light, StringComparison.Ordinal);

    private const string Rules = """
        *{box-sizing:border-box}
        html{color-scheme:light dark;scroll-padding-top:4.6rem}
        :root.light{color-scheme:light}:root.dark{color-scheme:dark}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
        main,footer{max-width:1160px;margin:0 auto;padding:0 1.25rem}
        h1{font-size:2rem;line-height:1.2;margin:2rem 0 .25rem;overflow-wrap:anywhere}
        h2{font-size:1.35rem;margin:2.6rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
        section h2:not(:first-child){font-size:1.08rem;border:0;margin:1.6rem 0 .4rem}
        h3{font-size:1.08rem;margin:1.8rem 0 .4rem}
        p{max-width:76ch;margin:.5rem 0}
        .by,.fine,figcaption,.sub{color:var(--soft)}
        .fine,figcaption,caption{font-size:.875rem;line-height:1.45}
        .lead{font-size:1.09rem}
        a{color:var(--link);text-underline-offset:2px}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
        .skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;z-index:9;background:var(--bg);padding:.3rem .6rem}
        nav{position:sticky;top:0;z-index:5;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;align-items:center;padding:.5rem max(1.25rem,calc((100vw - 1120px)/2));background:var(--bg);border-bottom:1px solid var(--line);font-size:.92rem}
        nav a{text-decoration:none;padding:.15rem 0}nav a:hover{text-decoration:underline}nav a[aria-current]{color:var(--ink);font-weight:600}
        .pages{display:inline-flex;align-items:baseline;flex-wrap:wrap;gap:.15rem .7rem}.places{display:flex;flex-wrap:wrap;gap:.15rem 1rem;flex-basis:100%;font-size:.88rem}
        button,input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:5px;padding:.2rem .6rem}
        button{cursor:pointer}nav button{margin-left:auto;font-size:.85rem}
        .tools{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;font-size:.92rem}
        sub,sup{line-height:0;font-size:.72em}
        .scroll{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;font-size:.92rem;margin:.4rem 0}
        caption{text-align:left;color:var(--soft);padding:.3rem 0}
        th,td{padding:.32rem .8rem .32rem 0;text-align:left;vertical-align:middle;border-bottom:1px solid var(--faint);white-space:nowrap}
        thead th{border-bottom:1px solid var(--line);font-weight:600;vertical-align:bottom}
        tbody th{font-weight:500}
        td.wrap{white-space:normal;min-width:16rem}
        td.n{padding-right:1.3rem}
        .joint{font-size:1rem}.joint thead th{white-space:normal}.joint td,.joint th{padding-top:.45rem;padding-bottom:.45rem}
        .joint .t{color:var(--truth)}
        .in{display:block;font-size:.75rem;line-height:1.2;color:var(--soft)}.in.out{color:var(--bad);font-weight:600}
        .q{display:inline-flex;align-items:center;gap:.3em}
        .pm{display:inline-flex;flex-direction:column;font-size:.74em;line-height:1.18;color:var(--soft)}
        .sortable th button{all:unset;cursor:pointer;font-weight:600}
        .sortable th button:focus-visible{outline:2px solid var(--link)}
        .sortable th button::after{content:" \2195";color:var(--soft);font-weight:400}
        .sortable th[aria-sort=ascending] button::after{content:" \2191";color:var(--ink)}
        .sortable th[aria-sort=descending] button::after{content:" \2193";color:var(--ink)}
        .flags{list-style:none;padding:0;margin:.6rem 0;display:grid;gap:.35rem}
        .flags li{padding:.4rem .7rem;border-radius:5px;border-left:3px solid;background:var(--notebg);border-color:var(--link);max-width:90ch}
        .flags li.ok{background:var(--okbg);border-color:var(--ok)}.flags li.warn{background:var(--warnbg);border-color:var(--warn)}.flags li.bad{background:var(--badbg);border-color:var(--bad)}
        .mark{font-size:.82rem;font-weight:700;color:var(--link);margin-right:.2em;white-space:nowrap}
        .ok .mark,span.ok{color:var(--ok)}.warn .mark{color:var(--warn)}.bad .mark{color:var(--bad)}
        details{margin:.5rem 0}summary{cursor:pointer;width:fit-content}
        .data{font-size:.9rem}
        .files{font-size:.85rem;margin:.2rem 0;display:flex;gap:.7rem}
        .facts{display:flex;flex-wrap:wrap;gap:.4rem 1.8rem;margin:.2rem 0 .8rem}.facts dt{font-size:.8rem;color:var(--soft)}.facts dd{margin:0}
        code{font:.86em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        .refs{padding-left:1.4rem;max-width:84ch}
        #tip{position:fixed;z-index:8;pointer-events:none;max-width:22rem;padding:.3rem .6rem;border-radius:5px;background:var(--ink);color:var(--bg);font-size:.84rem}
        footer{padding-top:2rem;padding-bottom:2rem}

        """;

    internal const string Drawings = """
        figure{margin:1rem 0 1.4rem}figcaption{max-width:84ch;margin-top:.35rem}
        .draw{display:flex;flex-wrap:wrap;gap:.6rem 1.1rem;align-items:flex-start}
        .pair{display:flex;flex-wrap:wrap;gap:0 2rem;align-items:flex-start}.pair>figure{flex:0 1 470px;min-width:0}.pair>figure.wide,.pair>details{flex:0 1 612px;min-width:0}
        svg{display:block;max-width:100%;height:auto;overflow:visible}.wide svg{max-width:none;flex:none}
        text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;fill:var(--ink)}
        .tk{fill:var(--soft)}.xs{font-size:10px}.b{font-weight:700;fill:var(--ink)}.lb{font-size:12px}.val{font-size:12px;font-weight:600}.sm{font-size:.74em}
        path{fill:none}
        .fr{fill:none;stroke:var(--soft);stroke-width:1}.gr{stroke:var(--faint)}.tm{stroke:var(--soft)}
        .area2{fill:var(--main3);fill-rule:evenodd;stroke:var(--main);stroke-width:.6}.area1{fill:var(--main2);fill-rule:evenodd;stroke:var(--main);stroke-width:.6}
        .curve{stroke:var(--main);stroke-width:1.6}.median{stroke:var(--main);stroke-width:1.2}
        .truth{stroke:var(--truth);stroke-width:1.5;stroke-dasharray:5 3}
        .prior{fill:var(--line)}.shown{fill:var(--soft)}
        .band{fill:var(--main3)}.i95{stroke:var(--null);stroke-width:1}.i68{stroke:var(--null);stroke-width:3}.dot{fill:var(--ink)}.meas .dot{fill:var(--bg);stroke:var(--ink);stroke-width:1.4}.faint{opacity:.4}
        .all .i95{stroke:var(--main);stroke-width:1.6}.all .i68{stroke:var(--main);stroke-width:5}.all .dot{fill:var(--bg);stroke:var(--main);stroke-width:2}
        .other{stroke:var(--second);stroke-width:1.6}.o0{stroke-dasharray:7 3}.o1{stroke-dasharray:2 2.5}.o2{stroke-dasharray:9 3 2 3}
        .s0 path{stroke:var(--main)}.s0 .dot{fill:var(--main)}.s1 path{stroke:var(--second)}.s1 .dot{fill:var(--bg);stroke:var(--second);stroke-width:1.6}
        .b95{fill:var(--main3)}.b68{fill:var(--main2)}.bm{stroke:var(--main);stroke-width:2}.box .b95,.box .b68{stroke:var(--main);stroke-width:.6}
        .wide0 .w68{fill:var(--wide);opacity:.2}.wide0 .wm{stroke:var(--wide);stroke-width:1.2}
        .wide1 .w68{fill:none;stroke:var(--wide);stroke-dasharray:2 3}.wide1 .wm{stroke:var(--wide);stroke-dasharray:2 3}
        .null{stroke:var(--null);stroke-width:1.4;stroke-dasharray:5 3}.pts{stroke:var(--main);stroke-width:4.6;stroke-linecap:round}.pt{fill:var(--main);stroke:var(--bg);stroke-width:.8}
        .p95{fill:var(--faint)}.p68{fill:var(--line)}.pm{stroke:var(--null)}.zero{stroke:var(--soft);stroke-dasharray:2 3}
        .masked{fill:var(--masked)}.pix{image-rendering:pixelated}
        .outlines path{stroke:#111;stroke-width:1.1}.outlines .halo{stroke:#fff;stroke-width:2.6;opacity:.75}
        .on{fill:#111;font-weight:700;paint-order:stroke;stroke:#fff;stroke-width:2.6px}.rule{stroke:var(--ink);stroke-width:1.4}

        """;

    private const string Narrow = """
        @media (max-width:600px){body{font-size:15px}main,footer{padding:0 .8rem}nav{padding:.4rem .8rem;position:static}h1{font-size:1.5rem}}

        """;

    private const string Print = """
        @media print{:root,:root.dark,:root:not(.light){LIGHT}html{color-scheme:light}
        body{font-size:10pt}nav,.skip,.tools,.data,.files,#tip{display:none}main,footer{max-width:none;padding:0}
        figure,tr,.flags li,svg{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible}.wide svg{max-width:100%}#radial .draw svg{width:31%}a{color:inherit;text-decoration:none}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;
}

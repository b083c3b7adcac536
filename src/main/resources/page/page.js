'use strict';
(function () {
  var root = document.documentElement;
  root.classList.add('js');
  var said = document.getElementById('said');

  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-copy]');
    if (!button) {
      return;
    }
    var source = document.getElementById(button.dataset.copy);
    var word = button.querySelector('.word');
    function done() {
      said.textContent = 'Copied';
      word.textContent = 'Copied';
      setTimeout(function () {
        word.textContent = 'Copy';
        said.textContent = '';
      }, 1600);
    }
    function byHand() {
      select(source);
      word.textContent = 'Selected';
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(source.textContent).then(done, byHand);
    } else {
      select(source);
      if (document.execCommand('copy')) {
        done();
      } else {
        byHand();
      }
    }
  });

  if (matchMedia('(min-width: 1040px)').matches) {
    document.querySelectorAll('details.if-wide').forEach(function (fold) {
      fold.open = true;
    });
  }

  addEventListener('beforeprint', function () {
    document.querySelectorAll('details.print').forEach(function (fold) {
      fold.open = true;
    });
  });

  document.querySelectorAll('.chart .time').forEach(function (chart) {
    var rows = Array.prototype.slice.call(document.querySelectorAll('#minutes tbody tr'));
    var cursor = chart.querySelector('.cursor');
    var readout = document.getElementById('readout');
    var at = -1;
    if (!rows.length || !cursor) {
      return;
    }
    var heads = Array.prototype.map.call(document.querySelectorAll('#minutes th'), function (head) {
      return head.textContent;
    });
    function words(i) {
      var cells = rows[i].children;
      var parts = [cells[1].textContent + ' requests', cells[2].textContent + ' failed by the gateway',
        cells[3].textContent + ' by the backend'];
      for (var k = 4; k < cells.length; k++) {
        if (cells[k].textContent) {
          parts.push(heads[k].charAt(0).toLowerCase() + heads[k].slice(1) + ' ' + cells[k].textContent);
        }
      }
      return cells[0].textContent + ': ' + parts.join(', ');
    }
    function show(i) {
      at = Math.max(0, Math.min(rows.length - 1, i));
      readout.textContent = words(at);
      var x = (at + 0.5) / rows.length * 100 + '%';
      cursor.setAttribute('x1', x);
      cursor.setAttribute('x2', x);
      cursor.setAttribute('visibility', 'visible');
      chart.setAttribute('aria-valuenow', at);
      chart.setAttribute('aria-valuetext', words(at));
    }
    chart.tabIndex = 0;
    chart.setAttribute('role', 'slider');
    chart.setAttribute('aria-label', 'Minute in the timeline');
    chart.setAttribute('aria-valuemin', 0);
    chart.setAttribute('aria-valuemax', rows.length - 1);
    chart.setAttribute('aria-valuenow', 0);
    chart.setAttribute('aria-valuetext', words(0));
    function pointed(event) {
      var box = chart.getBoundingClientRect();
      show(Math.floor((event.clientX - box.left) / box.width * rows.length));
    }
    chart.addEventListener('pointermove', pointed);
    chart.addEventListener('pointerdown', pointed);
    chart.addEventListener('keydown', function (event) {
      var step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (step) {
        show(Math.max(0, at) + step);
      } else if (event.key === 'Home') {
        show(0);
      } else if (event.key === 'End') {
        show(rows.length - 1);
      } else {
        return;
      }
      event.preventDefault();
    });
  });
})();
